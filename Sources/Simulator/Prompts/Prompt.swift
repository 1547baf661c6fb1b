import Bytes

/// What a request asks of a model, in whichever dialect it was written.
///
/// Valid only while the request's bytes are.
struct Prompt {
    struct Tool {
        var name: String
        /// The JSON schema of its arguments.
        var parameters: JSONView?
    }

    enum ToolChoice: Equatable {
        case none
        case auto
        case required
        case named(String)
    }

    enum Format {
        case text
        case jsonObject
        case schema(JSONView)
    }

    var model = ""
    var turns: [Turn] = []
    /// Text of the last user message, without a fault written into it.
    var userText = ""
    var streamed = false
    /// How many choices are wanted (`n`).
    var choices = 1
    var maximumTokens: Int?
    var stops: [String] = []
    var tools: [Tool] = []
    var toolTokens = 0
    var toolChoice = ToolChoice.auto
    var parallelCalls = true
    var format = Format.text
    /// True if the model thinks before it speaks.
    var reasons = false
    /// Faults in the order in which they apply.
    var faults: [String] = []

    /// Every token of the prompt: tools, system text and messages.
    var tokens: Int { turns.reduce(toolTokens) { $0 + $1.tokens } }
}

/// One message of a conversation.
struct Turn: Equatable {
    enum Role: Equatable {
        case system
        case user
        case assistant
        /// The result of a tool call.
        case tool
    }

    var role: Role
    var tokens: Int
    var cacheMark: CacheMark?
}

/// How long Anthropic is asked to cache the prompt up to a mark.
enum CacheMark: Equatable {
    case fiveMinutes
    case oneHour
}
