import Runtime
import Synchronization
import Vocabulary

/// Where the two threads note how they are doing.
final class PipelineMonitor: Sendable {
    private let health = Mutex(PipelineHealth())
    private let time: any TimeSource

    init(time: any TimeSource) { self.time = time }

    var current: PipelineHealth { health.withLock { $0 } }

    func stored(_ step: DrainStep, tookNanoseconds: UInt64, damagedPlaces: Int) {
        health.withLock { health in
            health.storedSpans += UInt64(step.spans)
            health.failuresInARow = 0
            health.damagedPlaces += damagedPlaces
            if step.spans > 0 { health.lastStoreDuration = Int64(tookNanoseconds / 1_000) }
        }
        if let problem = step.problem { note(problem) }
    }

    func failed(_ error: any Error) {
        note("\(error)")
        health.withLock { $0.failuresInARow += 1 }
    }

    func synchronised(tookNanoseconds: UInt64) {
        health.withLock { $0.lastSyncDuration = Int64(tookNanoseconds / 1_000) }
    }

    /// An error that stops nothing, for people to see.
    func note(_ error: String) {
        let now = time.now()
        health.withLock { health in
            health.lastError = error
            health.lastErrorAt = now
        }
    }
}
