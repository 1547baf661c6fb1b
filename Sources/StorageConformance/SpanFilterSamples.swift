import Storage
import Vocabulary

extension SpanFilter {
    /// The meaning of a filter, in the plainest words: what adapters are compared with.
    func matches(_ span: SpanRecord) -> Bool {
        func allows<T: Equatable>(_ wanted: T?, _ value: T?) -> Bool { wanted == nil || wanted == value }
        let who = project == span.project && allows(environment, span.environment) && allows(user, span.user)
            && allows(session, span.session) && allows(feature, span.feature) && allows(keyID, span.keyID)
        let what = allows(model, span.requestModel) && allows(provider, span.provider)
            && allows(operation, span.operation) && allows(streamed, span.streamed) && allows(traceID, span.traceID)
        let how = allows(outcome, span.outcome) && allows(httpStatus, span.httpStatus)
            && allows(errorCode, span.errorCode) && (tag.map { span.tags.contains($0) } ?? true)
        return who && what && how && isInRange(span) && isServed(span)
    }

    private func isServed(_ span: SpanRecord) -> Bool {
        (team == nil || team == span.team) && (customer == nil || customer == span.customer)
            && (route == nil || route == span.route) && (cache == nil || cache == span.cache)
    }

    private func isInRange(_ span: SpanRecord) -> Bool {
        let start = span.timing.startedAt
        if let from, start < from { return false }
        if let to, start >= to { return false }
        if let minimumDuration, span.timing.endedAfter < minimumDuration { return false }
        guard let minimumCost else { return true }
        return span.receipt.map { $0.total >= minimumCost } ?? false
    }

    /// Both filters' fields; the other's where both set one.
    func combined(with other: SpanFilter) -> SpanFilter {
        var both = self
        both.environment = other.environment ?? environment
        both.from = other.from ?? from
        both.to = other.to ?? to
        both.user = other.user ?? user
        both.session = other.session ?? session
        both.feature = other.feature ?? feature
        both.tag = other.tag ?? tag
        both.model = other.model ?? model
        both.provider = other.provider ?? provider
        both.keyID = other.keyID ?? keyID
        both.team = other.team ?? team
        both.customer = other.customer ?? customer
        both.route = other.route ?? route
        both.cache = other.cache ?? cache
        both.operation = other.operation ?? operation
        both.outcome = other.outcome ?? outcome
        both.httpStatus = other.httpStatus ?? httpStatus
        both.errorCode = other.errorCode ?? errorCode
        both.streamed = other.streamed ?? streamed
        both.traceID = other.traceID ?? traceID
        both.minimumCost = other.minimumCost ?? minimumCost
        both.minimumDuration = other.minimumDuration ?? minimumDuration
        return both
    }
}

extension EventStoreConformance {
    /// One filter for each field that can be set, by name; bounds are values that a span has, to the digit.
    static func filters(like spans: [SpanRecord]) -> [(String, SpanFilter)] {
        let middle = spans[spans.count / 2].timing.startedAt
        let late = spans[spans.count * 3 / 4].timing.startedAt
        let duration = spans[spans.count / 2].timing.endedAfter
        let costs = spans.compactMap { $0.receipt?.total }.sorted()
        let cost = costs[costs.count / 2]
        return [
            one("environment") { $0.environment = "staging" },
            one("from") { $0.from = middle },
            one("to") { $0.to = late },
            one("user") { $0.user = "user-1" },
            one("session") { $0.session = "session-2" },
            one("feature") { $0.feature = "feature-0" },
            one("tag") { $0.tag = "beta" },
            one("tag with a control character") { $0.tag = "x\u{1F}y" },
            one("model") { $0.model = "größer 🚂" },
            one("provider") { $0.provider = "claude" },
            one("key") { $0.keyID = "key_b" },
            one("team") { $0.team = "team-1" },
            one("customer") { $0.customer = "customer-3" },
            one("route") { $0.route = "route-0" },
            one("cache hit") { $0.cache = .hit },
            one("cache miss") { $0.cache = .miss },
            one("operation") { $0.operation = .responses },
            one("outcome ok") { $0.outcome = .ok },
            one("outcome error") { $0.outcome = .error },
            one("outcome cancelled") { $0.outcome = .cancelled },
            one("http status") { $0.httpStatus = 429 },
            one("error code") { $0.errorCode = "upstream_failure-1" },
            one("streamed") { $0.streamed = true },
            one("not streamed") { $0.streamed = false },
            one("trace") { $0.traceID = TraceID(high: 7, low: 4) },
            one("minimum cost") { $0.minimumCost = cost },
            one("minimum duration") { $0.minimumDuration = duration },
        ]
    }

    /// Filters with values that no sample has.
    static var unmatched: [SpanFilter] {
        [
            SpanFilter(project: "nobody's"),
            one("") { $0.environment = "nowhere" }.1,
            one("") { $0.user = "nobody" }.1,
            one("") { $0.session = "none" }.1,
            one("") { $0.feature = "none" }.1,
            one("") { $0.tag = "eta" }.1,
            one("") { $0.model = "none" }.1,
            one("") { $0.errorCode = "none" }.1,
            one("") { $0.traceID = TraceID(high: 1, low: 1) }.1,
            one("") { $0.team = "none" }.1,
            one("") { $0.customer = "none" }.1,
            one("") { $0.route = "none" }.1,
            one("") { $0.from = .max }.1,
            one("") { $0.to = .min }.1,
        ]
    }

    private static func one(_ name: String, _ set: (inout SpanFilter) -> Void) -> (String, SpanFilter) {
        var filter = SpanFilter(project: "p1")
        set(&filter)
        return (name, filter)
    }
}
