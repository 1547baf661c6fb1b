import Vocabulary

/// Latency and throughput of the last five minutes, one slot per minute.
struct RecentCalls: Sendable {
    /// Sums over some time. Latency is in microseconds, throughput in thousandths of a token per second.
    struct Sums: Sendable {
        var requests = 0
        var failures = 0
        var latency = LatencyHistogram()
        var throughput = LatencyHistogram()
    }

    private static let slotWidth: UInt64 = 60_000_000_000
    private static let slotCount = 5

    private var slots: [(number: UInt64, sums: Sums)] = Array(repeating: (0, Sums()), count: slotCount)

    mutating func add(firstByte: UInt64?, throughput: Int64?, isFailure: Bool, now: UInt64) {
        let number = now / Self.slotWidth + 1
        let index = Int(number % UInt64(Self.slotCount))
        if slots[index].number != number { slots[index] = (number, Sums()) }
        slots[index].sums.requests += 1
        if isFailure { slots[index].sums.failures += 1 }
        if let firstByte { slots[index].sums.latency.record(Int64(min(firstByte / 1000, UInt64(Int64.max)))) }
        if let throughput { slots[index].sums.throughput.record(throughput) }
    }

    func merged(now: UInt64) -> Sums {
        let number = now / Self.slotWidth + 1
        var sums = Sums()
        for slot in slots where slot.number > 0 && slot.number + UInt64(Self.slotCount) > number {
            sums.requests += slot.sums.requests
            sums.failures += slot.sums.failures
            sums.latency.merge(slot.sums.latency)
            sums.throughput.merge(slot.sums.throughput)
        }
        return sums
    }
}
