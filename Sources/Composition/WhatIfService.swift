import Bytes
import Catalog
import ControlAPI
import Gateway
import Routing
import Storage
import Vocabulary
import WhatIf

/// Replays recorded calls through a changed plan: reads them page by page, lets the pure room decide. Nothing is sent,
/// and nothing that is in force is touched.
struct WhatIfService: TrafficReplay {
    let events: any EventStore
    let registry: PlanRegistry

    private static let pageSize = 1_000
    /// Slices of the time that are sampled where there are more calls than are replayed.
    private static let slices = 200
    /// Bodies are looked up one by one where the cache is changed: more would take minutes.
    private static let mostBodies = 20_000

    func replay(_ question: ReplayQuestion) async throws -> [UInt8] {
        let changes = try WhatIfChanges(json: question.changes)
        let plan = try changes.plan(registry.compiler)
        let recorded = try await events.count(question.filter)
        var replay = Replay(plan, seed: question.seed)
        var bodies = plan.cacheTTL.isEmpty ? 0 : Self.mostBodies
        for part in parts(question, recorded: recorded) {
            try await scan(part.filter, atMost: part.most) { span in
                var call = RecordedCall(span)
                if bodies > 0, plan.cacheTTL[call.route] != nil {
                    bodies -= 1
                    call.bodyKey = try await bodyKey(of: span.span)
                }
                replay.add(call)
            }
        }
        var writer = JSONWriter()
        replay.report(recorded: recorded).write(to: &writer)
        return writer.bytes
    }

    /// The whole time, or even slices of it with the first calls of each.
    private func parts(_ question: ReplayQuestion, recorded: Int) -> [(filter: SpanFilter, most: Int)] {
        guard recorded > question.limit, let from = question.filter.from, let to = question.filter.to else {
            return [(question.filter, question.limit)]
        }
        let slices = min(Self.slices, question.limit)
        let width = (to - from) / Int64(slices) + 1
        return (0..<slices).map { slice in
            var filter = question.filter
            filter.from = from + Int64(slice) * width
            filter.to = min(to, from + Int64(slice + 1) * width)
            return (filter, question.limit / slices)
        }
    }

    /// Oldest first: the cache that is replayed remembers what came before.
    private func scan(
        _ filter: SpanFilter, atMost most: Int, _ take: (SpanSummary) async throws -> Void
    ) async throws {
        var left = most
        var after: RequestID?
        while left > 0 {
            try Task.checkCancellation()
            let query = SpanQuery(filter: filter, limit: min(left, Self.pageSize), descending: false, after: after)
            let page = try await events.spans(query)
            for span in page.spans { try await take(span) }
            left -= page.spans.count
            guard let next = page.next else { return }
            after = next
        }
    }

    /// The hashes of a body's parts, folded into one. Summaries carry none, so the call is read whole.
    private func bodyKey(of span: SpanRecord) async throws -> ID128? {
        guard let whole = try await events.span(span.id, project: span.project), whole.input.shell != nil else {
            return nil
        }
        var key = ID128(high: 0, low: 0)
        for hash in whole.input.references {
            key = ID128(
                high: (key.high &* 0x9E37_79B9_7F4A_7C15) ^ hash.high,
                low: (key.low &* 0xC2B2_AE3D_27D4_EB4F) ^ hash.low)
        }
        return key
    }
}

extension RecordedCall {
    /// What a summary says of a call.
    fileprivate init(_ summary: SpanSummary) {
        let span = summary.span
        var request = RouteRequest(
            model: span.requestModel, operation: span.operation, path: span.endpoint, streams: span.streamed,
            needs: span.streamed ? .streaming : [], inputTokens: span.usage.totalInput, keyID: span.keyID,
            project: span.project, environment: span.environment)
        request.user = span.user
        request.session = span.session
        request.team = span.team
        request.customer = span.customer
        request.feature = span.feature
        request.tags = span.tags
        request.metadata = span.metadata
        let wasAsked = !span.provider.isEmpty && span.attempts > 0
        self.init(
            request: request, at: span.timing.startedAt, route: span.route ?? span.requestModel,
            target: wasAsked ? ReplayTarget(provider: span.provider, model: span.upstreamModel) : nil,
            cost: summary.cost, usage: span.usage, duration: span.timing.endedAfter,
            admitted: span.timing.admittedAfter, outcome: span.outcome,
            isServedByCache: [.hit, .semanticHit, .coalesced].contains(span.cache))
    }
}
