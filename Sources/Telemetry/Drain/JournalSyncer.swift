import Runtime

/// Brings the journal to the disk at intervals, so that a loss of power takes no more than one of them.
struct JournalSyncer {
    private let folder: JournalFolder
    private let backlog: JournalBacklog
    private let monitor: PipelineMonitor
    private let time: any TimeSource
    private var lastSegment: SegmentName?

    init(folder: JournalFolder, backlog: JournalBacklog, monitor: PipelineMonitor, time: any TimeSource) {
        self.folder = folder
        self.backlog = backlog
        self.monitor = monitor
        self.time = time
    }

    /// Disks take some milliseconds for a round: asking more often only queues up, in milliseconds.
    private static let shortestInterval_ms = 10

    /// The thread's loop, until `signal` says stop.
    mutating func run(every milliseconds: Int, signal: WriterSignal) {
        while !signal.nap(max(Self.shortestInterval_ms, milliseconds)) { synchronise() }
    }

    /// One round. An error is noted and the next round tries again; the kernel keeps the bytes meanwhile.
    mutating func synchronise() {
        let start = time.monotonicNanoseconds()
        var worked = false
        do throws(JournalError) {
            let segments = backlog.liveSegments
            for segment in segments where try segment.synchronise() { worked = true }
            if let newest = segments.map(\.name).max(), newest != lastSegment {
                try folder.synchronise()
                lastSegment = newest
            }
        } catch {
            monitor.note("\(error)")
        }
        if worked { monitor.synchronised(tookNanoseconds: time.monotonicNanoseconds() - start) }
    }
}
