/// What the driver has to do now, listed in the order in which to do it.
package struct ExchangeActions: OptionSet, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Give up the upstream call; its connection is closed, not reused.
    package static let cancelAttempt = ExchangeActions(rawValue: 1 << 0)
    /// Write the record to the journal. Comes before anything that completes the answer.
    package static let settle = ExchangeActions(rawValue: 1 << 1)
    /// Send the request upstream.
    package static let startAttempt = ExchangeActions(rawValue: 1 << 2)
    /// With `startAttempt`: not on a connection that was used before.
    package static let useFreshConnection = ExchangeActions(rawValue: 1 << 3)
    package static let forwardHead = ExchangeActions(rawValue: 1 << 4)
    package static let forwardData = ExchangeActions(rawValue: 1 << 5)
    /// Complete the answer normally.
    package static let endAnswer = ExchangeActions(rawValue: 1 << 6)
    /// Nothing was sent yet: answer with the failure.
    package static let failAnswer = ExchangeActions(rawValue: 1 << 7)
    /// Part of the answer was sent: say so in-band where the format allows it, and close.
    package static let breakAnswer = ExchangeActions(rawValue: 1 << 8)
    package static let pauseUpstream = ExchangeActions(rawValue: 1 << 9)
    package static let resumeUpstream = ExchangeActions(rawValue: 1 << 10)
}
