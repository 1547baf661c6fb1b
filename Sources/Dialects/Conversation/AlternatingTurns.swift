package import Vocabulary

/// A conversation in the shape that Gemini and Bedrock demand: system text apart, user and assistant in turn.
package struct AlternatingTurns: Sendable, Equatable {
    /// What stands before the conversation.
    package var system: [Part]
    /// User and assistant only.
    package var turns: [Turn]

    /// Puts a request into that shape.
    ///
    /// - Parameter merges: Joins neighbours of the same role; Bedrock refuses them, and Gemini wants all results of one
    ///   answer's calls together.
    package init(_ request: ModelRequest, merges: Bool, changes: inout [ParameterChange]) {
        system = request.system
        turns = []
        for turn in request.turns {
            add(Self.spoken(turn, of: request, changes: &changes), merges: merges)
        }
        guard turns.isEmpty, !system.isEmpty else { return }
        changes.report(.system, of: request, .mapped, "the target needs a user message: the system text is sent as one")
        turns = [Turn(.user, system)]
        system = []
    }

    private mutating func add(_ turn: Turn, merges: Bool) {
        if merges, let last = turns.indices.last, turns[last].role == turn.role {
            turns[last].parts += turn.parts
        } else {
            turns.append(turn)
        }
    }

    private static func spoken(_ turn: Turn, of request: ModelRequest, changes: inout [ParameterChange]) -> Turn {
        var turn = turn
        if turn.name != nil {
            changes.note("\(request.name(of: .turns))[].name", .dropped, "the target's messages have no names")
            turn.name = nil
        }
        if turn.role == .system {
            changes.report(
                .turns, of: request, .mapped, "system text between messages is sent as a user message in its place")
            turn.role = .user
        }
        return turn
    }
}
