package import Bytes
package import Vocabulary

/// Spending rules as JSON: in the API, and in the store.
///
/// `{"budgets": [{"id", "unit", "limit", "window", "mode", "models", "increase"}],
///   "limits": [{"id", "unit", "limit", "period_ms", "mode", "models"}]}`; amounts of money are nano-dollars.
package enum SpendingRulesJSON {
    /// Writes the rules as one object.
    package static func write(_ rules: SpendingRules, to json: inout JSONWriter) {
        json.beginObject()
        json.key("budgets")
        json.beginArray()
        for rule in rules.budgets { write(rule, to: &json) }
        json.endArray()
        json.key("limits")
        json.beginArray()
        for rule in rules.limits { write(rule, to: &json) }
        json.endArray()
        json.endObject()
    }

    /// Reads rules and checks them.
    ///
    /// - Parameter place: Where they stand, for messages.
    /// - Throws: the first thing that does not fit.
    package static func read(_ view: JSONView, place: String) throws(FieldFault) -> SpendingRules {
        let members = try JSONMemberReader(view, place: place, known: ["budgets", "limits"])
        var rules = SpendingRules.none
        for (index, view) in try elements("budgets", of: members).enumerated() {
            rules.budgets.append(try budget(view, place: members.path("budgets[\(index)]")))
        }
        for (index, view) in try elements("limits", of: members).enumerated() {
            rules.limits.append(try limit(view, place: members.path("limits[\(index)]")))
        }
        if let problem = rules.problems.first {
            throw FieldFault(place, expected: "a set of rules that can be kept: \(problem)")
        }
        return rules
    }

    private static func write(_ rule: BudgetRule, to json: inout JSONWriter) {
        json.beginObject()
        writeHead(id: rule.id, unit: rule.unit.rawValue, limit: rule.limit, to: &json)
        json.key("window")
        json.string(rule.window.description)
        writeTail(mode: rule.mode, models: rule.models, to: &json)
        json.key("increase")
        if let increase = rule.increase {
            json.beginObject()
            json.key("amount")
            json.int(increase.amount)
            json.key("until")
            if let until = increase.until { json.string(RFC3339.format(until)) } else { json.null() }
            json.endObject()
        } else {
            json.null()
        }
        json.endObject()
    }

    private static func write(_ rule: LimitRule, to json: inout JSONWriter) {
        json.beginObject()
        writeHead(id: rule.id, unit: rule.unit.rawValue, limit: rule.limit, to: &json)
        json.key("period_ms")
        json.int(rule.period / 1_000)
        writeTail(mode: rule.mode, models: rule.models, to: &json)
        json.endObject()
    }

    private static func writeHead(id: String, unit: String, limit: Int64, to json: inout JSONWriter) {
        json.key("id")
        json.string(id)
        json.key("unit")
        json.string(unit)
        json.key("limit")
        json.int(limit)
    }

    private static func writeTail(mode: RuleMode, models: [String], to json: inout JSONWriter) {
        json.key("mode")
        json.string(mode.rawValue)
        json.key("models")
        json.beginArray()
        for model in models { json.string(model) }
        json.endArray()
    }
}

/// Reading.
extension SpendingRulesJSON {
    private static func elements(_ name: String, of members: JSONMemberReader) throws(FieldFault) -> [JSONView] {
        guard let list = members.value(name) else { return [] }
        guard list.kind == .array else { throw FieldFault(members.path(name), expected: "an array") }
        return Array(list.elements)
    }

    private static func budget(_ view: JSONView, place: String) throws(FieldFault) -> BudgetRule {
        let members = try JSONMemberReader(
            view, place: place, known: ["id", "unit", "limit", "window", "mode", "models", "increase"])
        let text = try members.required("window", try members.text("window"))
        guard let window = BudgetWindow(text) else {
            throw FieldFault(
                members.path("window"),
                expected: "`minute`, `hour`, `day`, `week`, `month`, `lifetime`, or a length such as `30d` or `12h`")
        }
        return BudgetRule(
            id: try members.required("id", try members.text("id")),
            unit: try members.choice("unit", as: MeteredUnit.self) ?? .money,
            limit: try members.required("limit", try members.integer("limit")), window: window,
            mode: try members.choice("mode", as: RuleMode.self) ?? .hard, models: try members.texts("models"),
            increase: try increase(members))
    }

    private static func increase(_ members: JSONMemberReader) throws(FieldFault) -> TemporaryIncrease? {
        guard let view = members.value("increase") else { return nil }
        let inner = try JSONMemberReader(view, place: members.path("increase"), known: ["amount", "until"])
        return TemporaryIncrease(
            amount: try inner.required("amount", try inner.integer("amount")), until: try inner.time("until"))
    }

    private static func limit(_ view: JSONView, place: String) throws(FieldFault) -> LimitRule {
        let members = try JSONMemberReader(
            view, place: place, known: ["id", "unit", "limit", "period_ms", "mode", "models"])
        let milliseconds = try members.integer("period_ms") ?? 60_000
        guard (0...86_400_000).contains(milliseconds) else {
            throw FieldFault(members.path("period_ms"), expected: "1000 (a second) to 86400000 (a day)")
        }
        return LimitRule(
            id: try members.required("id", try members.text("id")),
            unit: try members.required("unit", try members.choice("unit", as: LimitedUnit.self)),
            limit: try members.required("limit", try members.integer("limit")), period: milliseconds * 1_000,
            mode: try members.choice("mode", as: RuleMode.self) ?? .hard, models: try members.texts("models"))
    }
}
