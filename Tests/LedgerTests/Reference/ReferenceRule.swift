import Vocabulary

/// A rule as the reference model reads it: nothing compiled, nothing shared with the ledger.
struct ReferenceRule {
    enum Kind: Equatable {
        case budget(BudgetWindow, MeteredUnit)
        case rate(Int64, LimitedUnit)
        case parallel
    }

    var id: String
    /// The number of the count, unique per subject and name.
    var count: Int
    var subject: Subject
    var kind: Kind
    var mode: RuleMode
    var models: [String]
    var baseLimit: Int64
    var increase: TemporaryIncrease?

    func isFor(_ model: String) -> Bool {
        if models.isEmpty { return true }
        return models.contains { pattern in
            pattern.hasSuffix("*") ? model.hasPrefix(String(pattern.dropLast())) : pattern == model
        }
    }

    func limit(at now: Int64) -> Int64 {
        guard let increase else { return baseLimit }
        if let until = increase.until, until <= now { return baseLimit }
        return baseLimit + increase.amount
    }

    var measure: String {
        switch kind {
        case .budget(_, let unit): unit.rawValue
        case .rate(_, let unit): unit.rawValue
        case .parallel: "parallel"
        }
    }
}

/// Windows found the plain way: months from a table of their first days, the others by counting from a known start.
enum ReferenceCalendar {
    private static let months: [Int64] = (2015...2040).flatMap { year in
        (1...12).compactMap { RFC3339.parse("\(year)-\($0 < 10 ? "0" : "")\($0)-01T00:00:00Z") }
    }
    private static let someMonday = RFC3339.parse("2024-01-01T00:00:00Z") ?? 0

    static func window(_ window: BudgetWindow, at now: Int64) -> (start: Int64, end: Int64?) {
        switch window {
        case .minute: return steps(of: 60_000_000, from: someMonday, now)
        case .hour: return steps(of: 3_600_000_000, from: someMonday, now)
        case .day: return steps(of: 86_400_000_000, from: someMonday, now)
        case .week: return steps(of: 604_800_000_000, from: someMonday, now)
        case .every(let length, let from): return steps(of: length, from: from, now)
        case .lifetime: return (0, nil)
        case .month:
            var at = Int((now - months[0]) / 2_680_000_000_000)
            while at + 1 < months.count, months[at + 1] <= now { at += 1 }
            return (months[at], months[at + 1])
        }
    }

    private static func steps(of length: Int64, from: Int64, _ now: Int64) -> (start: Int64, end: Int64?) {
        let over = (now - from) % length
        let start = now - (over < 0 ? over + length : over)
        return (start, start + length)
    }
}
