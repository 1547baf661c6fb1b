package import Vocabulary

/// What the observer learnt about an answer, whole or streamed.
package struct ObservedAnswer: Sendable, Equatable {
    /// The model that the provider says answered.
    package var responseModel: String?
    package var finishReason: String?
    package var usage = TokenUsage()
    package var usageSource = UsageSource.none
    /// The service tier that the provider says it charged, where it says so.
    package var serviceTier: String?
    /// An error that the provider reported inside a successful answer, such as an `error` event in a stream.
    package var error: ProviderError?
    /// Set for streams: the answer put together as the endpoint would have sent it whole, for the record.
    package var assembled: [UInt8]?
    /// True where the record's copy of the answer was cut at the recording limit.
    package var truncated = false

    package init() {}
}

/// An error in the provider's own words.
package struct ProviderError: Sendable, Equatable {
    package var code: String
    package var message: String

    package init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}

/// What one event of a stream means to the exchange.
package struct EventMeaning: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// It carries content that a person would see: text, tool calls, reasoning, audio.
    package static let content = EventMeaning(rawValue: 1)
    /// It is the extra usage chunk that was asked for on the caller's behalf and that the caller must not see.
    package static let usageOnly = EventMeaning(rawValue: 2)
    /// Nothing that matters follows.
    package static let terminal = EventMeaning(rawValue: 4)
    /// It reports an error.
    package static let failure = EventMeaning(rawValue: 8)
}
