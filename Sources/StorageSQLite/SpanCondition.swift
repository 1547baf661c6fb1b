import Storage
import Vocabulary

/// A filter as SQL over `spans AS s`, with its values, so that nothing a caller wrote becomes SQL.
///
/// The planner has no statistics here, so the access path is chosen by hand: the first of trace, session, user,
/// customer, error code and outcome that is set is left to its index, all others are hidden from the planner by a unary
/// plus and checked row by row on the slim half.
struct SpanCondition {
    /// A value for a question mark.
    enum Value {
        case int(Int64)
        case text(String)
        case id(ID128)
    }

    private(set) var terms: [String] = []
    private(set) var values: [Value] = []
    private var hasPath = false
    /// The runs to probe, where the access path is an index cut into runs.
    private var runs: ClosedRange<Int64>?

    /// From FROM on, with `spans AS s`; `bind` gives the values of its question marks.
    var sql: String {
        let source = runs.map { "\(SpanRuns.list($0)) AS r CROSS JOIN spans AS s" } ?? "spans AS s"
        return "FROM \(source) WHERE \(terms.joined(separator: " AND "))"
    }


    /// `nil` if nothing can match, because a name in the filter is on no span.
    ///
    /// - `ids`: the page's own bounds, the first inclusive, the second exclusive.
    /// - `runs`: all runs of the store.
    /// - `ordered`: whether every id carries its start time, so that the times bound the ids as well.
    init?(
        _ filter: SpanFilter, ids: (ID128?, ID128?), runs: ClosedRange<Int64>, ordered: Bool, names: NameLookup
    ) throws(StorageError) {
        guard let project = try names.id(of: filter.project) else { return nil }
        add("s.project = ?", .int(project))
        addPaths(filter, runs: runs)
        guard try addNames(filter, names) else { return nil }
        addNumbers(filter)
        addIDs(filter, ids, ordered: ordered)
    }

    /// Binds the values in their order.
    func bind(to statement: SQLStatement) {
        for value in values {
            switch value {
            case .int(let value): statement.bind(value)
            case .text(let value): statement.bind(value)
            case .id(let value): statement.bind(value)
            }
        }
    }

    private mutating func add(_ term: String, _ value: Value) {
        terms.append(term)
        values.append(value)
    }

    /// A column with an index of its own: the first one is the access path.
    private mutating func addIndexed(_ column: String, _ value: Value) {
        add("\(hasPath ? "+" : "")s.\(column) = ?", value)
        hasPath = true
    }

    private mutating func addPaths(_ filter: SpanFilter, runs: ClosedRange<Int64>) {
        if filter.traceID != nil || filter.session != nil {
            self.runs = runs
            terms.append("\(SpanRuns.column) = r.run")
        }
        if let trace = filter.traceID { addIndexed("trace", .id(trace)) }
        if let session = filter.session { addIndexed("session", .text(session)) }
        if let user = filter.user { addIndexed("user", .text(user)) }
        if let customer = filter.customer { addIndexed("customer", .text(customer)) }
    }

    private mutating func addNames(_ filter: SpanFilter, _ names: NameLookup) throws(StorageError) -> Bool {
        if let code = filter.errorCode {
            guard let id = try names.id(of: code) else { return false }
            addIndexed("error_code", .int(id))
        }
        if let outcome = filter.outcome {
            // The partial index is used only where its own condition stands in the query.
            if outcome != .ok, !hasPath { terms.append("s.outcome <> 0") }
            if outcome == .ok { add("+s.outcome = ?", .int(0)) } else {
                addIndexed("outcome", .int(OutcomeCode.code(of: outcome)))
            }
        }
        let named = [
            ("environment", filter.environment), ("model", filter.model), ("provider", filter.provider),
            ("key", filter.keyID), ("operation", filter.operation?.rawValue), ("team", filter.team),
            ("route", filter.route),
        ]
        for case (let column, let name?) in named {
            guard let id = try names.id(of: name) else { return false }
            add("s.\(column) = ?", .int(id))
        }
        return true
    }

    private mutating func addNumbers(_ filter: SpanFilter) {
        if let feature = filter.feature { add("s.feature = ?", .text(feature)) }
        if let tag = filter.tag { add("instr(s.tags, ?) > 0", .text(TagText.needle(tag))) }
        if let verdict = filter.cache { add("s.cache = ?", .int(CacheCode.code(of: verdict))) }
        if let status = filter.httpStatus { add("s.http_status = ?", .int(Int64(status))) }
        if let streamed = filter.streamed { add("s.streamed = ?", .int(streamed ? 1 : 0)) }
        if let cost = filter.minimumCost { add("s.cost >= ?", .int(cost.nanodollars)) }
        if let duration = filter.minimumDuration { add("s.duration >= ?", .int(duration)) }
        if let from = filter.from { add("s.started_at >= ?", .int(from)) }
        if let to = filter.to { add("s.started_at < ?", .int(to)) }
    }

    /// One lower and one upper bound, the tightest of the page's and the times', because an index uses one of each.
    private mutating func addIDs(_ filter: SpanFilter, _ ids: (ID128?, ID128?), ordered: Bool) {
        var (lower, upper) = ids
        if ordered, let from = filter.from {
            let bound = SpanTime.lowestID(from: from)
            lower = max(lower ?? bound, bound)
        }
        if ordered, let to = filter.to {
            let bound = SpanTime.idAbove(to)
            upper = min(upper ?? bound, bound)
        }
        if let lower { add("s.id >= ?", .id(lower)) }
        if let upper { add("s.id < ?", .id(upper)) }
    }
}

extension ID128 {
    /// The next id in order; `nil` after the last.
    var successor: ID128? {
        if low < .max { return ID128(high: high, low: low + 1) }
        return high < .max ? ID128(high: high + 1, low: 0) : nil
    }
}
