import Storage
import Vocabulary

extension EventStoreConformance {
    static let lists = [
        Check(name: "pages in both directions give every span once, in the order of ids") { store in
            let spans = try fill(store, seed: 10, count: 137)
            for descending in [true, false] {
                for limit in [1, 10, 137, 1_000] {
                    let ids = try await allIDs(store, SpanFilter(project: "p1"), limit: limit, descending)
                    try requireOrder(ids, spans, { _ in true }, descending, "limit \(limit)")
                }
            }
        },
        Check(name: "every filter field selects the same spans as a comparison field by field") { store in
            let spans = try fill(store, seed: 11, count: 300)
            for (name, filter) in filters(like: spans) {
                for descending in [true, false] {
                    let ids = try await allIDs(store, filter, limit: 7, descending)
                    try requireOrder(ids, spans, { filter.matches($0) }, descending, name)
                }
                let count = try await store.count(filter)
                try requireEqual(count, spans.filter { filter.matches($0) }.count, "count by \(name)")
            }
        },
        Check(name: "filters combine, two at a time") { store in
            let spans = try fill(store, seed: 12, count: 300)
            let all = filters(like: spans)
            for (index, first) in all.enumerated() {
                for second in all[(index + 1)...] {
                    let filter = first.1.combined(with: second.1)
                    let ids = try await allIDs(store, filter, limit: 1_000, true)
                    try requireOrder(ids, spans, { filter.matches($0) }, true, "\(first.0) and \(second.0)")
                }
            }
        },
        Check(name: "a filter that no span ever matched gives an empty page without a next one") { store in
            _ = try fill(store, seed: 13, count: 20)
            for filter in unmatched {
                let page = try await store.spans(SpanQuery(filter: filter))
                try require(page.spans.isEmpty && page.next == nil, "\(filter) matched \(page.spans.count)")
                try requireEqual(try await store.count(filter), 0, "count")
            }
        },
        Check(name: "a list carries everything but receipt, bodies and reasons, and the cost") { store in
            let spans = try fill(store, seed: 14, count: 60)
            let page = try await store.spans(SpanQuery(filter: SpanFilter(project: "p1"), limit: 60, descending: false))
            for (summary, span) in zip(page.spans, spans.sorted { $0.id < $1.id }) {
                var slim = span
                slim.receipt = nil
                slim.input = BodyManifest()
                slim.output = BodyManifest()
                slim.organisation = nil
                slim.decision = []
                slim.parameterChanges = []
                slim.cacheSource = nil
                slim.charges = []
                try require(summary.span == slim, "expected \(slim), got \(summary.span)")
                try requireEqual(summary.cost, span.receipt?.total, "cost")
            }
        },
        Check(name: "spans whose ids do not carry their start time are still found by time") { store in
            var sample = SampleSpans(seed: 15)
            var spans = (0..<40).map { _ in sample.span() }
            for index in spans.indices where index % 3 == 0 { spans[index].timing.startedAt -= 86_400_000_000 }
            try store.append(EventBatch(spans: spans))
            var filter = SpanFilter(project: "p1")
            filter.to = spans[1].timing.startedAt
            let ids = try await allIDs(store, filter, limit: 5, true)
            try requireOrder(ids, spans, { filter.matches($0) }, true, "ids that are no times")
        },
    ]

    /// Spans of two projects; returns those of `p1`.
    private static func fill(_ store: Store, seed: UInt64, count: Int) throws -> [SpanRecord] {
        var sample = SampleSpans(seed: seed)
        let spans = (0..<count).map { _ in sample.span() }
        let others = (0..<count / 4).map { _ in sample.span(project: "p2") }
        // Stored out of order, as calls end out of order.
        try store.append(EventBatch(spans: Array(spans[(count / 2)...]) + others))
        try store.append(EventBatch(spans: spans[..<(count / 2)].reversed()))
        return spans
    }

    private static func allIDs(
        _ store: Store, _ filter: SpanFilter, limit: Int, _ descending: Bool
    ) async throws -> [RequestID] {
        var ids: [RequestID] = []
        var query = SpanQuery(filter: filter, limit: limit, descending: descending)
        while true {
            let page = try await store.spans(query)
            try require(page.spans.count <= limit, "a page of \(limit) holds \(page.spans.count)")
            ids += page.spans.map(\.span.id)
            guard let next = page.next else { return ids }
            try require(ids.count < 100_000, "paging does not end")
            query.after = next
        }
    }

    private static func requireOrder(
        _ ids: [RequestID], _ spans: [SpanRecord], _ matches: (SpanRecord) -> Bool, _ descending: Bool, _ what: String
    ) throws(ConformanceFailure) {
        let expected = spans.filter(matches).map(\.id).sorted { descending ? $0 > $1 : $0 < $1 }
        try require(ids == expected, "\(what), descending \(descending): \(ids.count) ids, expected \(expected.count)")
    }
}
