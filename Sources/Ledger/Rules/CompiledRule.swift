import Vocabulary

/// A budget or a limit, made ready for counting. Immutable and shared by every chain it stands in.
final class CompiledRule: Sendable {
    /// Which kind of count the rule needs.
    enum Count: Sendable {
        case budget(BudgetWindow)
        case rate(Microseconds)
        case parallel
    }

    let id: String
    /// Names the count among those of one subject. Rules with equal names share a count.
    let counter: String
    let measure: RuleMeasure
    let count: Count
    let mode: RuleMode
    let models: [String]
    private let limit: Int64
    private let increase: TemporaryIncrease?

    init(_ rule: BudgetRule) {
        id = rule.id
        counter = rule.counter
        measure =
            switch rule.unit {
            case .money: .money
            case .tokens: .tokens
            case .requests: .requests
            }
        count = .budget(rule.window)
        mode = rule.mode
        models = rule.models
        limit = rule.limit
        increase = rule.increase
    }

    init(_ rule: LimitRule) {
        id = rule.id
        measure =
            switch rule.unit {
            case .requests: .requests
            case .tokens: .tokens
            case .parallel: .parallel
            }
        count = rule.unit == .parallel ? .parallel : .rate(rule.period)
        // "limit:" keeps the name apart from every budget's, whose id comes first and whose window comes last.
        counter = "limit:\(rule.id)/\(rule.unit.rawValue)/\(rule.unit == .parallel ? 0 : rule.period)"
        mode = rule.mode
        models = rule.models
        limit = rule.limit
        increase = nil
    }

    /// The rules of one subject, budgets first; of two with one name the first holds.
    static func all(of rules: SpendingRules) -> [CompiledRule] {
        var seen: Set<String> = []
        let all = rules.budgets.map { CompiledRule($0) } + rules.limits.map { CompiledRule($0) }
        return all.filter { seen.insert($0.counter).inserted }
    }

    func applies(to model: String) -> Bool { models.isEmpty || ModelPatterns.name(models, model) }

    /// The limit in force at `now`, in the rule's unit.
    func limit(at now: UnixMicroseconds) -> Int64 {
        guard let increase, increase.until.map({ now < $0 }) ?? true else { return limit }
        return limit.addingOrMax(increase.amount)
    }

    var window: BudgetWindow? {
        if case .budget(let window) = count { window } else { nil }
    }

    var period: Microseconds? {
        if case .rate(let period) = count { period } else { nil }
    }
}

extension Int64 {
    /// The sum, or the greatest number if there is none.
    func addingOrMax(_ other: Int64) -> Int64 {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? .max : sum
    }
}
