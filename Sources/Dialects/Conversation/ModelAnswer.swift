package import Vocabulary

/// A whole answer in no provider's words.
package struct ModelAnswer: Sendable, Equatable {
    /// The provider's id of the answer; empty where it gave none.
    package var id: String
    /// The model that the provider says answered; empty where it does not say.
    package var model: String
    package var choices: [Choice]
    package var usage: TokenUsage?
    package var serviceTier: String?
    package var systemFingerprint: String?

    package init(id: String = "", model: String = "", choices: [Choice] = [], usage: TokenUsage? = nil) {
        self.id = id
        self.model = model
        self.choices = choices
        self.usage = usage
        serviceTier = nil
        systemFingerprint = nil
    }

    /// One of the answers that were asked for.
    package struct Choice: Sendable, Equatable {
        package var index: Int
        /// Text, reasoning, tool calls, refusal, in the order in which the model produced them.
        package var parts: [Part]
        package var stop: Stop
        /// OpenAI's `logprobs` object as raw JSON.
        package var logprobs: [UInt8]?

        package init(index: Int = 0, parts: [Part], stop: Stop, logprobs: [UInt8]? = nil) {
            self.index = index
            self.parts = parts
            self.stop = stop
            self.logprobs = logprobs
        }
    }
}

/// Why an answer ended.
package struct Stop: Sendable, Equatable {
    /// The reasons that every format can say in its own words.
    package enum Reason: String, Sendable, CaseIterable {
        /// The model was done.
        case end
        /// The token limit.
        case length
        /// One of the caller's stop sequences.
        case stopSequence
        case toolCalls
        /// A safety filter cut it.
        case contentFilter
        /// The model declined.
        case refusal
        /// The provider pauses a long turn; the caller sends it back to go on (Anthropic).
        case pause
        /// The context window was full.
        case contextWindow
        /// The provider failed in the middle.
        case error
        /// Something this program does not know; see `native`.
        case other
    }

    package var reason: Reason
    /// The provider's own word.
    package var native: String?
    /// Which stop sequence it was.
    package var sequence: String?

    package init(_ reason: Reason, native: String? = nil, sequence: String? = nil) {
        self.reason = reason
        self.native = native
        self.sequence = sequence
    }
}

/// A piece of a streamed answer in no provider's words.
///
/// Order per choice: deltas of one part come together; a delta of another kind (or a `toolCallBegan`) ends the part
/// before it. Encoders keep what state their format needs (block indexes, items, sequence numbers).
package enum AnswerEvent: Sendable, Equatable {
    /// The first event. Usage, where the provider reports the input at the start.
    case began(id: String, model: String, usage: TokenUsage?)
    case text(choice: Int, String)
    case reasoning(choice: Int, String)
    /// Completes the reasoning part before it.
    case reasoningSignature(choice: Int, String)
    /// Thinking that is not shown, whole.
    case redactedReasoning(choice: Int, data: String, id: String?)
    case refusal(choice: Int, String)
    /// `index` counts the tool calls of this choice from 0.
    case toolCallBegan(choice: Int, index: Int, id: String, name: String, signature: String?)
    /// A fragment of the arguments' JSON text. Formats that give arguments whole send one fragment.
    case toolArguments(choice: Int, index: Int, [UInt8])
    /// OpenAI's `logprobs` object for the text before it, raw JSON.
    case logprobs(choice: Int, [UInt8])
    /// OpenAI's audio delta object, raw JSON.
    case audio(choice: Int, [UInt8])
    /// A whole part that only its own format knows (server tool results, citations...).
    case opaque(choice: Int, type: String, json: [UInt8])
    case finished(choice: Int, Stop)
    /// The final counts; later ones replace earlier ones.
    case usage(TokenUsage, serviceTier: String?)
    /// The provider reported an error inside the stream.
    case failed(code: String, message: String)
    /// The provider said that the stream is complete. Not sent twice, and not sent by a stream that broke off.
    case ended
}
