/// Calls and failures of the last stretch of time, in slots that are reused: no allocation after the first.
struct SlidingCounts: Sendable {
    private struct Slot {
        var number: UInt64 = 0
        var requests = 0
        var failures = 0
    }

    private var slots: [Slot]
    /// Length of one slot, in nanoseconds.
    private let width: UInt64

    /// - Parameter window: In nanoseconds, at least `slots`.
    init(window: UInt64, slots count: Int = 10) {
        slots = Array(repeating: Slot(), count: count)
        width = max(1, window / UInt64(count))
    }

    /// Adds one call.
    mutating func add(isFailure: Bool, now: UInt64) {
        // Slot numbers begin at 1, so that an unused slot is never taken for the first one.
        let number = now / width + 1
        let index = Int(number % UInt64(slots.count))
        if slots[index].number != number { slots[index] = Slot(number: number) }
        slots[index].requests += 1
        if isFailure { slots[index].failures += 1 }
    }

    /// The calls and failures of the window that ends now.
    func total(now: UInt64) -> (requests: Int, failures: Int) {
        let number = now / width + 1
        var sum = (requests: 0, failures: 0)
        for slot in slots where slot.number > 0 && slot.number + UInt64(slots.count) > number {
            sum.requests += slot.requests
            sum.failures += slot.failures
        }
        return sum
    }

    /// Forgets everything.
    mutating func clear() {
        for index in slots.indices { slots[index] = Slot() }
    }
}
