import Glibc
package import Runtime
package import Storage
import Synchronization
package import Vocabulary

/// Owns the thread that moves records from the journal into the store, and the one that brings the journal to the disk.
///
/// The order of a process: `replay`, `start`, serve, close all lanes, `stop`.
package final class RecordPipeline: Sendable {
    private struct State {
        var lock: Int32?
        var writer: WorkerThread?
        var syncer: WorkerThread?
    }

    private let directory: String
    private let folder: JournalFolder
    private let store: any EventStore
    /// Storing waits while calls are being answered: the journal holds what it has not come to, and its bound holds
    /// intake back. Without this a batch of records takes its turn before calls that have just arrived.
    private static let writerNiceness: Int32 = 10

    private let backlog: JournalBacklog
    private let limits: JournalLimits
    private let time: any TimeSource
    private let monitor: PipelineMonitor
    private let onStored: @Sendable ([SpanRecord]) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - directory: The data folder that the lanes also use.
    ///   - backlog: The one that the lanes share.
    ///   - onStored: Called on the writer thread with what was stored just now (not what was replayed); must not block.
    package init(
        directory: String, store: any EventStore, backlog: JournalBacklog, limits: JournalLimits = JournalLimits(),
        time: any TimeSource, onStored: @escaping @Sendable ([SpanRecord]) -> Void
    ) {
        self.directory = directory
        folder = JournalFolder(data: directory)
        self.store = store
        self.backlog = backlog
        self.limits = limits
        self.time = time
        self.onStored = onStored
        monitor = PipelineMonitor(time: time)
    }

    deinit {
        if let lock = state.withLock({ $0.lock }) { close(lock) }
    }

    /// Stores what an earlier process had journaled and not stored. Blocks; call it before the first request is served.
    ///
    /// Takes the journal for this process. Throws `JournalError` (`busy` if another process has it, `incompatible` for
    /// a segment of a newer version), or what the store throws; nothing is lost then and the next start tries again.
    package func replay() throws -> ReplayReport {
        try folder.make()
        try state.withLock { state in
            if state.lock == nil { state.lock = try folder.lock() }
        }
        let drain = RecordDrain(
            directory: directory, store: store, backlog: backlog, limits: limits, onStored: { _ in })
        try drain.adoptOldSegments()
        repeat {
            let start = time.monotonicNanoseconds()
            let step = try drain.drainOnce()
            monitor.stored(step, tookNanoseconds: time.monotonicNanoseconds() - start, damagedPlaces: 0)
            if !step.isFull, drain.segments == 0 || step.spans == 0 { break }
        } while true
        drain.report.damage.forEach { monitor.note("\($0)") }
        return drain.report
    }

    /// Starts both threads.
    package func start() {
        state.withLock { state in
            guard state.writer == nil else { return }
            state.writer = WorkerThread(name: "journal-writer", niceness: Self.writerNiceness) { [self] in
                var writer = RecordWriter(
                    drain: RecordDrain(
                        directory: directory, store: store, backlog: backlog, limits: limits, onStored: onStored),
                    signal: backlog.signal, monitor: monitor, time: time, limits: limits)
                writer.run()
            }
            state.syncer = WorkerThread(name: "journal-sync") { [self] in
                var syncer = JournalSyncer(folder: folder, backlog: backlog, monitor: monitor, time: time)
                syncer.run(every: limits.fsyncInterval_ms, signal: backlog.signal)
            }
        }
    }

    /// Stores what is left, brings the journal to the disk and ends both threads. Call it once all lanes are closed.
    ///
    /// Blocks for at most about `JournalLimits.stopDeadline_ms` and one transaction; what the store could not take by
    /// then stays in the journal for the next start.
    package func stop() {
        let threads = state.withLock { state in
            defer { (state.writer, state.syncer) = (nil, nil) }
            return (state.writer, state.syncer)
        }
        backlog.signal.stop()
        threads.0?.join()
        threads.1?.join()
        var syncer = JournalSyncer(folder: folder, backlog: backlog, monitor: monitor, time: time)
        syncer.synchronise()
        state.withLock { state in
            if let lock = state.lock { close(lock) }
            state.lock = nil
        }
    }

    /// How recording is doing. Takes a lock for a moment; not for the hot path.
    package var health: PipelineHealth {
        var health = monitor.current
        health.backlogBytes = backlog.bytes
        health.limitBytes = backlog.limitBytes
        health.isOverLimit = backlog.isOverLimit
        health.segments = backlog.liveSegments.count
        return health
    }
}
