/// What the driver must do after an event, in the order of the bits.
package struct ExchangeActions: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Give up the attempt that leads; its connection is closed, not reused.
    package static let cancelAttempt = ExchangeActions(rawValue: 1 << 0)
    /// Give up the other one of two attempts that race.
    package static let cancelRival = ExchangeActions(rawValue: 1 << 1)
    /// The rival leads from now on; the attempt that led is over.
    package static let promoteRival = ExchangeActions(rawValue: 1 << 2)
    /// Write the record to the journal. Comes before anything that completes the answer.
    package static let settle = ExchangeActions(rawValue: 1 << 3)
    /// Send the request to the target of `Exchange.lead`.
    package static let startAttempt = ExchangeActions(rawValue: 1 << 4)
    /// With `startAttempt`: not on a connection that was used before.
    package static let useFreshConnection = ExchangeActions(rawValue: 1 << 5)
    /// With `startAttempt`: part of the answer was sent already, the new one must go on from there.
    package static let continueAnswer = ExchangeActions(rawValue: 1 << 6)
    /// Send the request to the target of `Exchange.rival` as well.
    package static let startRival = ExchangeActions(rawValue: 1 << 7)
    /// Answer from the cache.
    package static let serveStored = ExchangeActions(rawValue: 1 << 8)
    package static let forwardHead = ExchangeActions(rawValue: 1 << 9)
    /// Send on everything of the leading attempt's answer that was not sent yet.
    package static let forwardData = ExchangeActions(rawValue: 1 << 10)
    /// Complete the answer normally.
    package static let endAnswer = ExchangeActions(rawValue: 1 << 11)
    /// Nothing was sent yet: answer with the failure.
    package static let failAnswer = ExchangeActions(rawValue: 1 << 12)
    /// Part of the answer was sent: say so in-band where the format allows it, and close.
    package static let breakAnswer = ExchangeActions(rawValue: 1 << 13)
    package static let pauseUpstream = ExchangeActions(rawValue: 1 << 14)
    package static let resumeUpstream = ExchangeActions(rawValue: 1 << 15)
}
