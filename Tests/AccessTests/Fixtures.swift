import Access
import Runtime
import Storage
import Synchronization

/// A clock that stands still until it is told to move.
final class StoppedClock: TimeSource {
    private let time: Mutex<Int64>

    init(at microseconds: Int64 = 1_800_000_000_000_000) { time = Mutex(microseconds) }

    func now() -> Int64 { time.withLock { $0 } }
    func monotonicNanoseconds() -> UInt64 { UInt64(now()) * 1_000 }
    func advance(seconds: Int64) { time.withLock { $0 += seconds * 1_000_000 } }
}

/// Different bytes on every call, the same in every run.
func seededBytes(_ seed: UInt64 = 1) -> @Sendable (Int) -> [UInt8] {
    let random = SeededSource(seed)
    return { random.bytes($0) }
}

private final class SeededSource: Sendable {
    private let random: Mutex<FastRandom>

    init(_ seed: UInt64) { random = Mutex(FastRandom(seed: seed)) }

    func bytes(_ count: Int) -> [UInt8] {
        random.withLock { random in (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next() >> 11) } }
    }
}

/// What a registry published, oldest first.
final class Publications: Sendable {
    private let snapshots = Mutex<[KeySnapshot]>([])

    func append(_ snapshot: KeySnapshot) { snapshots.withLock { $0.append(snapshot) } }
    var all: [KeySnapshot] { snapshots.withLock { $0 } }
    var last: KeySnapshot? { all.last }
}

/// A registry with everything that a test looks at.
struct Bench {
    let store = MemoryRecordStore()
    let clock = StoppedClock()
    let publications = Publications()
    let registry: KeyRegistry

    init(seed: UInt64 = 1) {
        let publications = publications
        registry = KeyRegistry(store: store, time: clock, randomBytes: seededBytes(seed)) { publications.append($0) }
    }

    /// What the published keys say about a secret.
    func check(_ secret: String?) -> Result<Principal, AccessError> {
        (publications.last ?? .empty).principal(forSecret: secret.map { $0[...] }, now: clock.now())
    }
}

func member(_ name: String = "app", project: String = "default") -> NewKey {
    NewKey(name: name, project: project, environment: "dev")
}

func admin(_ name: String = "ops") -> NewKey {
    NewKey(name: name, project: "default", environment: "dev", role: .admin)
}
