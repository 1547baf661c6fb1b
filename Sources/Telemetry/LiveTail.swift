import Synchronization
package import Vocabulary

/// Shows newly stored spans to whoever watches. A watcher that is slow misses the oldest; nobody waits for it.
package final class LiveTail: Sendable {
    private struct State {
        var nextID: UInt64 = 0
        var subscribers: [UInt64: AsyncStream<SpanRecord>.Continuation] = [:]
    }

    private let bufferedSpans: Int
    private let maximumSubscribers: Int
    private let state = Mutex(State())
    private let count = Atomic<Int>(0)
    private let drops = Atomic<UInt64>(0)

    /// - Parameters:
    ///   - bufferedSpans: What a watcher may lag behind: a screen shows about 50, so 512 are ten screens.
    ///   - maximumSubscribers: More watchers get a stream that ends at once: each costs the writer thread time.
    package init(bufferedSpans: Int = 512, maximumSubscribers: Int = 64) {
        self.bufferedSpans = bufferedSpans
        self.maximumSubscribers = maximumSubscribers
    }

    /// Spans that watchers missed because they were slow, all watchers together.
    package var dropped: UInt64 { drops.load(ordering: .relaxed) }

    /// The number of watchers.
    package var subscribers: Int { count.load(ordering: .relaxed) }

    /// Every span that is stored from now on, until the stream is cancelled or let go, or `finish` is called.
    package func subscribe() -> AsyncStream<SpanRecord> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: SpanRecord.self, bufferingPolicy: .bufferingNewest(bufferedSpans))
        let id = state.withLock { state -> UInt64? in
            guard state.subscribers.count < maximumSubscribers else { return nil }
            state.nextID += 1
            state.subscribers[state.nextID] = continuation
            count.store(state.subscribers.count, ordering: .relaxed)
            return state.nextID
        }
        if let id {
            continuation.onTermination = { [weak self] _ in self?.remove(id) }
        } else {
            continuation.finish()
        }
        return stream
    }

    /// Shows spans to all watchers. Costs one load when there are none.
    package func publish(_ spans: [SpanRecord]) {
        guard subscribers > 0 else { return }
        // Outside the lock: a continuation may call back.
        let continuations = state.withLock { Array($0.subscribers.values) }
        for continuation in continuations {
            for span in spans {
                if case .dropped = continuation.yield(span) { drops.wrappingAdd(1, ordering: .relaxed) }
            }
        }
    }

    /// Ends all streams, for shutdown.
    package func finish() {
        let continuations = state.withLock { Array($0.subscribers.values) }
        for continuation in continuations { continuation.finish() }
    }

    private func remove(_ id: UInt64) {
        state.withLock { state in
            state.subscribers[id] = nil
            count.store(state.subscribers.count, ordering: .relaxed)
        }
    }
}
