import Synchronization

/// What lanes, the writer thread and admission share: how much is journaled and not yet stored.
///
/// Reading it is one load, from any thread.
package final class JournalBacklog: Sendable {
    /// The bound, in bytes.
    package let limitBytes: UInt64
    let signal = WriterSignal()
    private let waiting = Atomic<UInt64>(0)
    private let over = Atomic<Bool>(false)
    private let segments = Mutex<[JournalSegment]>([])

    /// - Parameter limits: Only `maximumBacklogBytes` counts here.
    package init(limits: JournalLimits = JournalLimits()) {
        limitBytes = limits.maximumBacklogBytes
    }

    /// Bytes in the journal that the store does not have yet.
    package var bytes: UInt64 { waiting.load(ordering: .relaxed) }

    /// True from when the bound is passed until a 64th of it is free, so that intake does not flutter, and yet goes on
    /// in pulses of a fraction of a second: callers who wait for room wait no longer than that.
    package var isOverLimit: Bool {
        guard over.load(ordering: .relaxed) else { return false }
        guard bytes < limitBytes - limitBytes / 64 else { return true }
        over.store(false, ordering: .relaxed)
        return false
    }

    /// The segments of this process that are not wholly stored.
    var liveSegments: [JournalSegment] { segments.withLock { $0 } }

    func add(_ count: UInt64) {
        let total = waiting.wrappingAdd(count, ordering: .relaxed).newValue
        if total > limitBytes { over.store(true, ordering: .relaxed) }
    }

    func subtract(_ count: UInt64) {
        // Never below zero: a count that went wrong must not stop intake for good.
        var current = waiting.load(ordering: .relaxed)
        while true {
            let (exchanged, original) = waiting.compareExchange(
                expected: current, desired: current - min(current, count), ordering: .relaxed)
            if exchanged { return }
            current = original
        }
    }

    func register(_ segment: JournalSegment) {
        segments.withLock { $0.append(segment) }
    }

    func remove(_ name: SegmentName) {
        segments.withLock { $0.removeAll { $0.name == name } }
    }
}
