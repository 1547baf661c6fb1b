package import Bytes
package import Vocabulary

/// Why a request can't be read or can't be said in the target's format: the member at fault and the mend.
package struct TranslationFault: Error, Sendable, Equatable {
    /// Path of the member in the caller's request, for example `messages[1].content[0].image_url`.
    package var member: String
    /// What is wrong and what to write instead.
    package var message: String

    package init(_ member: String, _ message: String) {
        self.member = member
        self.message = message
    }
}

/// The caller's side of a wire format: reads its requests, writes its answers.
package protocol CallerCodec: SendableMetatype {
    /// Reads a request.
    ///
    /// - Parameters:
    ///   - root: The parsed body, an object.
    ///   - call: What the path says (Gemini puts model and streaming there).
    static func decode(_ root: JSONView, call: CallerPath) throws(TranslationFault) -> ModelRequest
    /// Writes a whole answer.
    static func encode(_ answer: ModelAnswer, context: AnswerContext) -> [UInt8]
    /// Starts writing a stream.
    static func streamEncoder(context: AnswerContext) -> any AnswerStreamEncoder
}

/// The provider's side of a wire format: writes its requests, reads its answers.
package protocol ProviderCodec: SendableMetatype {
    /// How its streams are framed.
    static var framing: StreamFraming { get }
    /// Writes a request's body. What the format can't say is named in `changes`.
    ///
    /// - Throws: Only for what can't be sent in any form at all (a missing `messages`, say).
    static func encode(
        _ request: ModelRequest, target: EncodingTarget, changes: inout [ParameterChange]
    ) throws(TranslationFault) -> [UInt8]
    /// Reads a whole successful answer. One that is no object of this format gives an answer without choices.
    static func decode(_ root: JSONView) -> ModelAnswer
    /// Reads the body of an error answer (any status of 400 and above).
    static func error(_ body: UnsafeRawBufferPointer, status: Int) -> UpstreamError
    /// Starts reading a stream.
    static func streamDecoder() -> any AnswerStreamDecoder
}

/// Puts a stream of events into the caller's format.
package protocol AnswerStreamEncoder: Sendable {
    /// Appends the bytes (complete SSE events) that one event becomes; may append none.
    mutating func encode(_ event: AnswerEvent, into output: inout [UInt8])
    /// Appends what ends the stream after `ended`, for example `data: [DONE]`. Also called for a stream whose provider
    /// closed normally without saying `ended`: then a finish reason is still owed.
    mutating func finish(into output: inout [UInt8])
}

/// Reads the events of a provider's stream.
package protocol AnswerStreamDecoder: Sendable {
    /// Takes one frame and appends what it means.
    ///
    /// - Parameters:
    ///   - name: The SSE event name or Amazon's `:event-type` (`:exception-type` for errors); empty for none.
    ///   - data: The frame's data. What is no JSON of this format is passed over.
    mutating func receive(name: UnsafeRawBufferPointer, data: UnsafeRawBufferPointer, into events: inout [AnswerEvent])
    /// The connection ended cleanly: what was held back.
    mutating func end(into events: inout [AnswerEvent])
}

/// What a caller's path says beside its body.
package struct CallerPath: Sendable, Equatable {
    /// The model in the path, where the format has it there.
    package var model: String?
    /// The path asks for a stream.
    package var streams: Bool

    package init(model: String? = nil, streams: Bool = false) {
        self.model = model
        self.streams = streams
    }
}

/// What a provider's encoder must know of its target.
package struct EncodingTarget: Sendable, Equatable {
    /// The upstream's name of the model.
    package var model: String
    /// The most output tokens that the model gives, from the catalogue; `nil` where unknown. Anthropic needs a
    /// `max_tokens` always: then this, else 4096.
    package var maximumOutputTokens: Int64?
    /// The preset's quirks, by name, for providers that are nearly but not quite like the one they imitate.
    package var quirks: ProviderQuirks

    package init(model: String, maximumOutputTokens: Int64? = nil, quirks: ProviderQuirks = ProviderQuirks()) {
        self.model = model
        self.maximumOutputTokens = maximumOutputTokens
        self.quirks = quirks
    }
}

/// What an answer's encoder must know of its request.
package struct AnswerContext: Sendable, Equatable {
    /// The model as the caller named it.
    package var model: String
    /// Our request id, for answers whose provider gave no id: formats prefix it (`chatcmpl-`, `msg_`, `resp_`).
    package var requestID: String
    /// Unix seconds.
    package var createdAt: Int64
    /// The request that is answered: Responses echoes much of it.
    package var request: ModelRequest
    /// How the caller wants its stream framed (Gemini alone has a choice).
    package var framing: StreamFraming

    package init(model: String, requestID: String, createdAt: Int64, request: ModelRequest) {
        self.model = model
        self.requestID = requestID
        self.createdAt = createdAt
        self.request = request
        framing = .serverSentEvents
    }
}

/// An error answer of a provider, understood.
package struct UpstreamError: Sendable, Equatable {
    /// What kind of failure it is: retries and fallbacks go by this.
    package enum Kind: String, Sendable, CaseIterable {
        case invalidRequest = "invalid_request"
        case authentication
        case permission
        case notFound = "not_found"
        case rateLimited = "rate_limited"
        case overloaded
        case contextWindow = "context_window"
        case contentPolicy = "content_policy"
        case quota
        case timeout
        case server
    }

    package var kind: Kind
    /// The provider's own code or type; empty where it gave none.
    package var code: String
    package var message: String
    /// The member at fault, where the provider names it.
    package var parameter: String?

    package init(kind: Kind, code: String, message: String, parameter: String? = nil) {
        self.kind = kind
        self.code = code
        self.message = message
        self.parameter = parameter
    }
}
