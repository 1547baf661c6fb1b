import Dialects

/// How a broken answer is asked for again from where it broke.
enum Continuation {
    /// Whether an answer can go on elsewhere: only text can be cut anywhere, half a tool call can't.
    static func isPossible(after partial: ModelAnswer) -> Bool {
        guard partial.choices.count == 1, let choice = partial.choices.first else { return false }
        return choice.parts.allSatisfy { part in
            switch part.content {
            case .text, .reasoning: true
            default: false
            }
        }
    }

    /// Adds what was answered so far to the conversation. Anthropic goes on with a last turn of the assistant's as if
    /// it had written it; all others are asked to.
    static func extend(_ request: inout ModelRequest, with partial: ModelAnswer, for format: WireFormat) {
        let text = partial.choices.first?.parts.compactMap { part in
            if case .text(let text) = part.content { text } else { nil }
        }.joined() ?? ""
        guard !text.isEmpty else { return }
        // Anthropic refuses white space at the end of such a turn.
        let trimmed = format == .anthropicMessages ? text.trimmingEnd() : text
        request.turns.append(Turn(.assistant, [Part(.text(trimmed))]))
        guard format != .anthropicMessages else { return }
        request.turns.append(Turn(.user, [Part(.text(instruction))]))
    }

    private static let instruction =
        "Your answer was cut off. Go on exactly where it stops, in the middle of the sentence if need be. "
        + "Repeat nothing and say nothing about the interruption."
}

extension String {
    fileprivate func trimmingEnd() -> String {
        var end = endIndex
        while end > startIndex, self[index(before: end)].isWhitespace { end = index(before: end) }
        return String(self[..<end])
    }
}
