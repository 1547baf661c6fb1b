import Bytes
import Vocabulary

/// What the windows of one budget used.
struct BudgetHistory {
    /// Most windows in an answer, the latest: two weeks of quarter hours.
    static let mostWindows = 1_344

    /// From when to when windows are asked for.
    struct Range {
        var from: UnixMicroseconds
        var to: UnixMicroseconds

        /// The last 90 days, unless the query says otherwise. A window that never ends begins at 1970.
        init(_ query: QueryItems, now: UnixMicroseconds) throws(APIError) {
            to = try query.time("to") ?? now.addingReportingOverflow(1).partialValue
            from = try query.time("from") ?? to - 90 * 86_400_000_000
            guard from < to else { throw .invalidParameter("from", expected: "before `to`") }
        }
    }

    var subject: Subject
    var rule: BudgetRule
    /// Oldest first.
    var sums: [LedgerSum]

    func write(to json: inout JSONWriter) {
        json.beginObject()
        writeSubject(subject, to: &json)
        json.member("rule", rule.id)
        json.member("unit", rule.unit.rawValue)
        json.member("mode", rule.mode.rawValue)
        json.member("limit", rule.limit)
        json.member("window", rule.window.description)
        json.key("windows")
        json.beginArray()
        for sum in sums.suffix(Self.mostWindows) {
            let end = rule.window.span(at: sum.windowStart).end
            json.beginObject()
            json.member("start", time: sum.windowStart)
            json.member("end", time: end == .max ? nil : end)
            json.member("used", sum.amount)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }
}
