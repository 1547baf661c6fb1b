package import Storage
import Vocabulary

/// What every event store must do. Run each check against a fresh, empty store.
package enum EventStoreConformance {
    /// Both ports together, because a batch fills both.
    package typealias Store = any EventStore & ContentStore
    /// One behaviour of an event store.
    package typealias Check = ConformanceCheck<Store>

    /// All of them; each needs a store of its own.
    package static let checks: [Check] = roundTrip + batches + lists + bodies + sums + ledger + journal

    private static let roundTrip = [
        Check(name: "every field of a span comes back as it was stored") { store in
            var sample = SampleSpans(seed: 1)
            let spans = (0..<200).map { _ in sample.span() }
            try store.append(EventBatch(spans: spans))
            for span in spans {
                let stored = try await store.span(span.id, project: span.project)
                try require(stored == span, "stored \(span), found \(String(describing: stored))")
            }
        },
        Check(name: "a span with nothing optional on it comes back as it was stored") { store in
            let id = RequestID(high: 1 << 16 | 0x7000, low: 1 << 63)
            var span = SpanRecord(id: id, project: "", environment: "", keyID: "")
            span.timing.startedAt = 1_000
            span.spanID = .max
            try store.append(EventBatch(spans: [span]))
            let stored = try await store.span(span.id, project: "")
            try require(stored == span, "stored \(span), found \(String(describing: stored))")
        },
        Check(name: "a span is not found under another project or id") { store in
            var sample = SampleSpans(seed: 2)
            let span = sample.span()
            try store.append(EventBatch(spans: [span, sample.span(project: "p2")]))
            try require(try await store.span(span.id, project: "p2") == nil, "p2 sees a span of p1")
            try require(try await store.span(span.id, project: "p3") == nil, "an unknown project sees a span of p1")
            let other = RequestID(high: span.id.high, low: span.id.low ^ 1)
            try require(try await store.span(other, project: "p1") == nil, "an id that was never stored is found")
        },
    ]

    private static let batches = [
        Check(name: "a span that is stored already is skipped and counted once") { store in
            var sample = SampleSpans(seed: 3)
            let spans = (0..<50).map { _ in sample.span() }
            try store.append(EventBatch(spans: spans))
            var changed = spans[0]
            changed.provider = "changed"
            try store.append(EventBatch(spans: [changed] + spans + [sample.span()] + spans))
            try await requireCount(51, store)
            try requireEqual(try await store.statistics().spans, 51, "statistics().spans")
            let stored = try await store.span(spans[0].id, project: "p1")
            try requireEqual(stored?.provider, spans[0].provider, "the first version of a span stored twice")
            let groups = try await store.series(.everything(grain: .day, dimension: .total))
            try requireEqual(groups.first?.totals.calls, 51, "calls in the rollups")
        },
        Check(name: "a batch that repeats a span within itself stores it once") { store in
            var sample = SampleSpans(seed: 4)
            let span = sample.span()
            try store.append(EventBatch(spans: [span, span]))
            try await requireCount(1, store)
        },
        Check(name: "an empty batch changes nothing") { store in
            try store.append(EventBatch())
            let statistics = try await store.statistics()
            try requireEqual(statistics.spans, 0, "spans")
            try requireEqual(statistics.contents, 0, "contents")
        },
        Check(name: "what a reader sees is whole batches") { store in
            try await Self.checkAtomicity(store)
        },
    ]

    /// While one thread appends, every count is a multiple of the batch and equal to the rollup's.
    private static func checkAtomicity(_ store: Store) async throws {
        let batches = 20
        let size = 25
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var sample = SampleSpans(seed: 5)
                for _ in 0..<batches {
                    let spans = (0..<size).map { _ in sample.span() }
                    try store.append(EventBatch(spans: spans))
                }
            }
            group.addTask {
                for _ in 0..<batches {
                    let count = try await store.count(SpanFilter(project: "p1"))
                    try require(count % size == 0, "a reader saw \(count) spans, not a multiple of \(size)")
                }
            }
            try await group.waitForAll()
        }
        try await requireCount(batches * size, store)
    }

    static func requireCount(_ expected: Int, _ store: Store) async throws {
        try requireEqual(try await store.count(SpanFilter(project: "p1")), expected, "count of p1")
    }
}

extension SeriesQuery {
    /// All of a project's time.
    static func everything(grain: RollupGrain, dimension: RollupDimension) -> SeriesQuery {
        SeriesQuery(
            project: "p1", from: 0, to: 4_000_000_000_000_000, grain: grain, dimension: dimension, limit: 1_000)
    }
}
