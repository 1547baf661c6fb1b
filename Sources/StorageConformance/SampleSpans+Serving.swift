import Vocabulary

/// What routing, cache and budgets leave on a span.
extension SampleSpans {
    mutating func fillServing(_ span: inout SpanRecord) {
        span.organisation = name("org", of: 2)
        span.team = name("team", of: 3)
        span.customer = name("customer", of: 5)
        span.route = name("route", of: 2)
        span.fallbackIndex = below(3)
        span.cache = pick([nil] + CacheVerdict.allCases)
        if span.cache == .hit || span.cache == .semanticHit {
            span.cacheSource = hash()
            span.savedCost = Money(nanodollars: Int64(below(9_000_000)))
        }
        span.decision = pick([[], Array(#"{"candidates":[]}"#.utf8), [UInt8](repeating: 0x20, count: 65_536)])
        span.parameterChanges = ParameterChange.Action.allCases.prefix(below(5)).map {
            ParameterChange("messages[\(below(9))].name", $0, "größer 🚂")
        }
        span.charges = SubjectKind.allCases.prefix(below(7)).map { charge($0) }
    }

    private mutating func charge(_ kind: SubjectKind) -> LedgerCharge {
        let rule = BudgetRule(
            id: "rule-\(below(2))", unit: pick(MeteredUnit.allCases), limit: 1_000, window: pick([.day, .lifetime]))
        return LedgerCharge(
            subject: Subject(kind, name("id", of: 3) ?? ""), rule: rule.counter,
            windowStart: rule.window.span(at: now).start, amount: Int64(below(5_000)), before: Int64(below(5_000)),
            limit: Int64(below(9_000)), unit: rule.unit, mode: pick(RuleMode.allCases))
    }
}
