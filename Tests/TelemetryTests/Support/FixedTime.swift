import Runtime
import Synchronization

/// A clock that stands still.
struct FixedTime: TimeSource {
    func now() -> Int64 { 1_700_000_000_000_000 }
    func monotonicNanoseconds() -> UInt64 { 1 }
}

/// A clock that moves with each look.
final class TickingTime: TimeSource {
    private let ticks = Atomic<UInt64>(0)

    func now() -> Int64 { 1_700_000_000_000_000 }
    func monotonicNanoseconds() -> UInt64 { ticks.wrappingAdd(1_000_000, ordering: .relaxed).newValue }
}
