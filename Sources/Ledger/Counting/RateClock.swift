import Vocabulary

/// Time for sliding windows: follows the wall clock, but never goes back.
///
/// If the wall clock is set back, this one goes on from where it stood: nothing that was counted is lost, and nobody
/// has to wait until the old time comes round again. If it is set ahead, time has passed for all we can know.
struct RateClock: Sendable {
    /// Event loops read the clock at slightly different moments: a difference up to this is no set-back, and the later
    /// reading holds.
    static let tolerance: Microseconds = 1_000_000

    private var ahead: Microseconds = 0
    private(set) var time: Microseconds = .min

    /// The time at a reading of the wall clock. Readings lie within 2^60 of 1970 (`Ledger.bounded`); sums wrap rather
    /// than trap, for clocks that are set back by ten thousands of years again and again.
    mutating func advance(to now: UnixMicroseconds) -> Microseconds {
        var reading = now &+ ahead
        if time != .min, reading < time &- Self.tolerance {
            ahead = ahead &+ (time &- reading)
            reading = time
        }
        time = max(time, reading)
        return time
    }
}
