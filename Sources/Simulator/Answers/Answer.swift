/// What the simulated model says, before a dialect writes it down.
struct Answer: Equatable {
    struct ToolCall: Equatable {
        var id: String
        var name: String
        /// A JSON object that satisfies the tool's schema.
        var arguments: String
    }

    enum Finish: Equatable {
        case stop
        case length
        case toolCalls
        /// One of the request's own stop sequences ended the text.
        case stopSequence(String)
    }

    var text: String
    var calls: [ToolCall] = []
    var finish: Finish
    /// The text of the model's reasoning; empty if the model does not reason.
    var thinking = ""
    /// Billed as output, beside the visible tokens.
    var reasoningTokens = 0

    /// Tokens of text and tool calls, without reasoning.
    var visibleTokens: Int {
        calls.reduce(TokenRule.count(text)) { $0 + TokenRule.count($1.name) + TokenRule.count($1.arguments) }
    }
}
