import Storage
import Vocabulary

/// The filters that the list of requests and the live tail have in common.
enum RequestFilters {
    static let parameters = [
        "environment", "from", "to", "user", "session", "feature", "tag", "model", "provider", "key", "operation",
        "status", "http_status", "error_code", "streamed", "trace", "min_cost_nanodollars", "min_duration_ms",
        "team", "customer", "route", "cache",
    ]

    /// Reads them all. An absent parameter means "any".
    static func read(_ query: QueryItems, project: ProjectID) throws(APIError) -> SpanFilter {
        var filter = SpanFilter(project: project)
        filter.environment = try query.text("environment")
        filter.from = try query.time("from")
        filter.to = try query.time("to")
        filter.user = try query.text("user")
        filter.session = try query.text("session")
        filter.feature = try query.text("feature")
        filter.tag = try query.text("tag")
        filter.model = try query.text("model")
        filter.provider = try query.text("provider")
        filter.keyID = try query.text("key")
        filter.operation = try query.choice("operation", as: Operation.self)
        filter.outcome = try query.choice("status", as: CallOutcome.self)
        filter.httpStatus = try query.integer("http_status", in: 100...599)
        filter.errorCode = try query.text("error_code")
        filter.streamed = try query.flag("streamed")
        filter.traceID = try traceID(query)
        filter.minimumCost = try query.integer("min_cost_nanodollars", in: 0...Int64.max).map(Money.init(nanodollars:))
        filter.minimumDuration = try query.milliseconds("min_duration_ms")
        filter.team = try query.text("team")
        filter.customer = try query.text("customer")
        filter.route = try query.text("route")
        filter.cache = try query.choice("cache", as: CacheVerdict.self)
        if let from = filter.from, let to = filter.to, from >= to {
            throw .invalidParameter("from", expected: "before `to`")
        }
        return filter
    }

    private static func traceID(_ query: QueryItems) throws(APIError) -> TraceID? {
        guard let text = query.values["trace"] else { return nil }
        guard let id = TraceID(hex: text) else {
            throw .invalidParameter("trace", expected: "a trace id of 32 hexadecimal digits")
        }
        return id
    }
}

extension SpanFilter {
    /// Whether a span that has just been stored is meant; the same rules as a store's query.
    func matches(_ span: SpanRecord) -> Bool {
        project == span.project && fits(environment, span.environment) && matchesTime(span)
            && fits(user, span.user) && fits(session, span.session) && fits(feature, span.feature)
            && (tag.map(span.tags.contains) ?? true)
            && fits(model, span.requestModel) && fits(provider, span.provider) && fits(keyID, span.keyID)
            && fits(operation, span.operation) && matchesOutcome(span) && fits(streamed, span.streamed)
            && fits(traceID, span.traceID) && fits(team, span.team) && fits(customer, span.customer)
            && fits(route, span.route) && (cache == nil || cache == span.cache)
    }

    private func matchesTime(_ span: SpanRecord) -> Bool {
        span.timing.startedAt >= from ?? .min && span.timing.startedAt < to ?? .max
            && span.timing.endedAfter >= minimumDuration ?? .min
    }

    private func matchesOutcome(_ span: SpanRecord) -> Bool {
        fits(outcome, span.outcome) && fits(httpStatus, span.httpStatus) && fits(errorCode, span.errorCode)
            && (minimumCost.map { least in span.receipt.map { $0.total >= least } ?? false } ?? true)
    }

    private func fits<Value: Equatable>(_ wanted: Value?, _ value: Value?) -> Bool { wanted == nil || wanted == value }
}
