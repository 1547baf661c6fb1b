import Runtime

/// The writer thread's loop around `RecordDrain`: gathers, stores, waits, tries again.
struct RecordWriter {
    private enum Outcome { case full, stored, idle, failed }

    private let drain: RecordDrain
    private let signal: WriterSignal
    private let monitor: PipelineMonitor
    private let time: any TimeSource
    private let limits: JournalLimits
    private var random = FastRandom()
    /// A busy store recovers within moments; a full disk needs a person, so the wait grows to five seconds.
    private let backoff = Backoff(baseMicroseconds: 50_000, capMicroseconds: 5_000_000)
    /// Even full jitter leaves a failing store this much rest, in milliseconds.
    private static let shortestRetry_ms = 20

    init(
        drain: RecordDrain, signal: WriterSignal, monitor: PipelineMonitor, time: any TimeSource,
        limits: JournalLimits
    ) {
        self.drain = drain
        self.signal = signal
        self.monitor = monitor
        self.time = time
        self.limits = limits
    }

    /// Runs until `signal` says stop and everything is stored, or the deadline for that has passed.
    mutating func run() {
        var failures = 0
        var stopDeadline: UInt64?
        while true {
            if signal.isStopping, stopDeadline == nil {
                stopDeadline = time.monotonicNanoseconds() + UInt64(limits.stopDeadline_ms) * 1_000_000
            }
            let outcome = pass()
            failures = outcome == .failed ? failures + 1 : 0
            if let stopDeadline {
                if outcome == .idle || time.monotonicNanoseconds() > stopDeadline { return }
                if outcome == .failed { signal.pause(Self.shortestRetry_ms) }
            } else {
                wait(after: outcome, failures: failures)
            }
        }
    }

    private func pass() -> Outcome {
        let start = time.monotonicNanoseconds()
        let damageBefore = drain.report.damage.count
        do {
            let step = try drain.drainOnce()
            let damage = drain.report.damage.count - damageBefore
            monitor.stored(step, tookNanoseconds: time.monotonicNanoseconds() - start, damagedPlaces: damage)
            if damage > 0, let last = drain.report.damage.last { monitor.note("\(last)") }
            if step.isFull { return .full }
            return step.spans > 0 ? .stored : .idle
        } catch {
            monitor.failed(error)
            return .failed
        }
    }

    private mutating func wait(after outcome: Outcome, failures: Int) {
        switch outcome {
        case .full: break
        case .stored: signal.nap(limits.gatherInterval_ms)
        case .idle:
            signal.sleep { drain.hasWork() }
            signal.nap(limits.gatherInterval_ms)
        case .failed:
            let delay = backoff.delay(attempt: failures - 1, using: &random)
            signal.nap(max(Self.shortestRetry_ms, Int(delay / 1_000)))
        }
    }
}
