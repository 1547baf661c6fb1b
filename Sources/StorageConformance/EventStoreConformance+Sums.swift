import Storage
import Vocabulary

extension EventStoreConformance {
    static let sums = [
        Check(name: "rollups equal the sums over the raw spans, for every grain, dimension and environment") { store in
            let spans = try fillForSums(store, seed: 30)
            for grain in RollupGrain.allCases {
                for dimension in RollupDimension.allCases {
                    for environment in [nil, "staging"] {
                        var query = SeriesQuery.everything(grain: grain, dimension: dimension)
                        query.environment = environment
                        try await requireSums(store, query, spans)
                    }
                }
            }
        },
        Check(name: "a series starts at the whole bucket and ends before its end") { store in
            let spans = try fillForSums(store, seed: 31)
            let times = spans.map(\.timing.startedAt).sorted()
            for grain in RollupGrain.allCases {
                var query = SeriesQuery.everything(grain: grain, dimension: .model)
                query.from = times[times.count / 3]
                query.to = times[times.count / 2]
                try await requireSums(store, query, spans)
                query.to = grain.bucket(of: query.to)
                try await requireSums(store, query, spans)
            }
        },
        Check(name: "a series of one value holds that value alone") { store in
            let spans = try fillForSums(store, seed: 32)
            let values: [(RollupDimension, String)] = [
                (.user, "user-1"), (.tag, "beta"), (.error, "ok"), (.model, "no"),
            ]
            for (dimension, value) in values {
                var query = SeriesQuery.everything(grain: .hour, dimension: dimension)
                query.value = value
                try await requireSums(store, query, spans)
            }
        },
        Check(name: "the limit keeps the groups with the highest cost, then the most calls") { store in
            let spans = try fillForSums(store, seed: 33)
            for limit in 1...3 {
                var query = SeriesQuery.everything(grain: .hour, dimension: .user)
                query.limit = limit
                try await requireSums(store, query, spans)
            }
        },
        Check(name: "groups that cost the same are ordered by calls") { store in
            var sample = SampleSpans(seed: 35)
            let spans = (0..<120).map { _ in
                var span = sample.span()
                span.receipt = nil
                return span
            }
            try store.append(EventBatch(spans: spans))
            for dimension in [RollupDimension.user, .model, .error] {
                try await requireSums(store, .everything(grain: .hour, dimension: dimension), spans)
            }
        },
        Check(name: "another project's calls are in nobody else's series") { store in
            var sample = SampleSpans(seed: 34)
            try store.append(EventBatch(spans: [sample.span(project: "p2")]))
            for dimension in RollupDimension.allCases {
                let groups = try await store.series(.everything(grain: .day, dimension: dimension))
                try require(groups.isEmpty, "p1 sees \(dimension) of p2")
            }
        },
    ]

    /// Several batches, so that rows are added to; times out of order, also across days.
    private static func fillForSums(_ store: Store, seed: UInt64) throws -> [SpanRecord] {
        var sample = SampleSpans(seed: seed)
        var spans: [SpanRecord] = []
        for _ in 0..<12 {
            let batch = (0..<40).map { _ in sample.span(gap: 400_000_000) }
            try store.append(EventBatch(spans: batch.reversed() + [sample.span(project: "p2")]))
            spans += batch
        }
        let early = SampleSpans(seed: seed + 1_000, from: 1_789_990_000_000_000)
        sample = early
        let late = (0..<40).map { _ in sample.span(gap: 400_000_000) }
        try store.append(EventBatch(spans: late))
        return spans + late
    }

    private static func requireSums(_ store: Store, _ query: SeriesQuery, _ spans: [SpanRecord]) async throws {
        let actual = try await store.series(query)
        let expected = bruteForce(query, spans)
        let what = "\(query.dimension) by \(query.grain) from \(query.from) to \(query.to)"
        try requireEqual(actual.map(\.value), expected.map(\.value), "\(what): the groups")
        for (got, wanted) in zip(actual, expected) {
            try requireEqual(got.points.map(\.at), wanted.points.map(\.at), "\(what), \(got.value): the buckets")
            try require(got.totals == wanted.totals, "\(what), \(got.value): \(got.totals), not \(wanted.totals)")
            try require(got.points == wanted.points, "\(what), \(got.value): a point differs")
            let merged = got.points.reduce(into: LatencyHistogram()) { $0.merge($1.values.latency) }
            try require(merged == got.totals.latency, "\(what), \(got.value): points do not merge to the total")
        }
    }

    /// The same answer from the spans themselves.
    private static func bruteForce(_ query: SeriesQuery, _ spans: [SpanRecord]) -> [SeriesGroup] {
        let finest = query.dimension.finestGrain
        let grain = query.grain.width < finest.width ? finest : query.grain
        var values: [String: [UnixMicroseconds: RollupValues]] = [:]
        for span in spans where query.environment == nil || span.environment == query.environment {
            let at = grain.bucket(of: span.timing.startedAt)
            guard at >= grain.bucket(of: query.from), at < query.to else { continue }
            for value in query.dimension.values(of: span) where query.value == nil || query.value == value {
                values[value, default: [:]][at, default: RollupValues()].add(RollupValues(span))
            }
        }
        let groups = values.map { value, buckets in
            let points = buckets.map { SeriesPoint(at: $0, values: $1) }.sorted { $0.at < $1.at }
            let totals = points.reduce(into: RollupValues()) { $0.add($1.values) }
            return SeriesGroup(value: value, totals: totals, points: points)
        }
        return Array(groups.sorted(by: ranksHigher).prefix(query.limit))
    }

    private static func ranksHigher(_ a: SeriesGroup, _ b: SeriesGroup) -> Bool {
        if a.totals.cost != b.totals.cost { return a.totals.cost > b.totals.cost }
        if a.totals.calls != b.totals.calls { return a.totals.calls > b.totals.calls }
        return Array(a.value.utf8).lexicographicallyPrecedes(Array(b.value.utf8))
    }
}
