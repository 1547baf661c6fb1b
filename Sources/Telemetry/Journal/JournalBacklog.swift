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

    /// True from when the backlog comes within a 64th of its bound until a 32nd is free.
    ///
    /// The 64th is for the calls that were let in before: their records come after the check, and must not pass the
    /// bound. The gap keeps intake from fluttering, and yet lets it go on in pulses of a fraction of a second.
    package var isOverLimit: Bool {
        guard over.load(ordering: .relaxed) else { return false }
        guard bytes < limitBytes - limitBytes / 32 else { return true }
        over.store(false, ordering: .relaxed)
        return false
    }

    /// The segments of this process that are not wholly stored.
    var liveSegments: [JournalSegment] { segments.withLock { $0 } }

    func add(_ count: UInt64) {
        let total = waiting.wrappingAdd(count, ordering: .relaxed).newValue
        if total > limitBytes - limitBytes / 64 { over.store(true, ordering: .relaxed) }
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
