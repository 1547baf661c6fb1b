import Glibc

/// Where a room reads time, so that tests can pass in their own.
package protocol TimeSource: Sendable {
    /// Microseconds since the Unix epoch, UTC. May jump when the system's clock is set.
    func now() -> Int64
    /// Nanoseconds on a clock that never goes back; only differences mean something.
    func monotonicNanoseconds() -> UInt64
}

/// The machine's clocks.
package struct SystemTime: TimeSource {
    package init() {}

    package func now() -> Int64 {
        let time = read(CLOCK_REALTIME)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }

    package func monotonicNanoseconds() -> UInt64 {
        let time = read(CLOCK_MONOTONIC)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    private func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        clock_gettime(clock, &time)
        return time
    }
}
