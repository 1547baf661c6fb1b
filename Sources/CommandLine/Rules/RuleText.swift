package import SignalboxClient

/// Rules as options write them: `[NAME=]AMOUNTUNIT/TIME[:MODE][:MODEL,MODEL]`.
///
/// For example `100usd/month`, `team=2.5usd/30d:soft`, `60requests/1m`, `8parallel`, `1000000tokens/day:hard:gpt-4o*`.
package enum RuleText {
    /// Why a text is no rule.
    package struct Fault: Error, Equatable, CustomStringConvertible {
        package var description: String
    }

    /// A budget.
    package static func budget(_ text: String) throws(Fault) -> BudgetRule {
        let parts = try Parts(text)
        let window = try parts.required(parts.time, "a window, as in `100usd/month`")
        let unit: BudgetRule.Unit
        var limit = parts.wholes
        switch parts.unit {
        case "usd", "$":
            unit = .money
            limit = try nanodollars(parts)
        case "tokens": unit = .tokens
        case "requests": unit = .requests
        default: throw Fault(description: "\"\(text)\": a budget counts usd, tokens or requests.")
        }
        return BudgetRule(
            id: parts.name ?? "\(unit.rawValue)-\(window)",
            unit: unit, limit: try parts.required(limit, "a whole number"), window: window,
            mode: parts.mode, models: parts.models)
    }

    /// A limit.
    package static func limit(_ text: String) throws(Fault) -> LimitRule {
        let parts = try Parts(text)
        guard let unit = LimitRule.Unit(rawValue: parts.unit) else {
            throw Fault(description: "\"\(text)\": a limit counts requests, tokens or parallel.")
        }
        let amount = try parts.required(parts.wholes, "a whole number")
        guard unit != .parallel else {
            guard parts.time == nil else { throw Fault(description: "\"\(text)\": parallel calls have no period.") }
            return LimitRule(
                id: parts.name ?? "parallel", unit: unit, limit: amount, mode: parts.mode, models: parts.models)
        }
        let time = try parts.required(parts.time, "a period, as in `60requests/1m`")
        let seconds = try parts.required(Self.seconds(time), "a period of 1s to 24h, as in `60requests/1m`")
        guard (1...86_400).contains(seconds) else {
            throw Fault(description: "\"\(text)\": a limit's period is 1s to 24h; use --budget for longer ones.")
        }
        return LimitRule(
            id: parts.name ?? "\(unit.rawValue)-\(time)", unit: unit, limit: amount, periodMS: seconds * 1_000,
            mode: parts.mode, models: parts.models)
    }

    /// `30s`, `5m`, `12h`, `7d` as seconds; `nil` for anything else.
    package static func seconds(_ text: String) -> Int64? {
        let lengths: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        guard let last = text.last, let length = lengths[last], let count = wholes(text.dropLast()) else { return nil }
        let (seconds, overflows) = count.multipliedReportingOverflow(by: length)
        return overflows ? nil : seconds
    }

    /// Dollars with up to nine decimals; exact, as money is never a float.
    private static func nanodollars(_ parts: Parts) throws(Fault) -> Int64? {
        let pieces = parts.amount.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = pieces.count > 1 ? pieces[1] : "0"
        guard (1...9).contains(fraction.utf8.count), let whole = wholes(pieces[0]), whole <= 9_000_000,
            let rest = wholes(fraction + String(repeating: "0", count: 9 - fraction.utf8.count))
        else { throw Fault(description: "\"\(parts.text)\": an amount is up to 9000000usd, with at most 9 decimals.") }
        return whole * 1_000_000_000 + rest
    }

    /// The number that decimal digits stand for; `nil` if there is anything else.
    fileprivate static func wholes(_ text: some StringProtocol) -> Int64? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int64(text) : nil
    }
}

/// A rule's text taken apart.
private struct Parts {
    var text: String
    var name: String?
    /// Digits and perhaps a point.
    var amount: Substring
    var unit: String
    var time: String?
    var mode = RuleMode.hard
    var models: [String] = []

    init(_ text: String) throws(RuleText.Fault) {
        self.text = text
        var rest = text[...]
        if let equals = rest.firstIndex(of: "=") {
            name = String(rest[..<equals])
            rest = rest[rest.index(after: equals)...]
        }
        let pieces = rest.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        if pieces.count > 1 {
            guard let mode = RuleMode(rawValue: String(pieces[1])) else {
                throw RuleText.Fault(description: "\"\(text)\": after the first colon comes hard, soft or shadow.")
            }
            self.mode = mode
        }
        if pieces.count > 2 { models = pieces[2].split(separator: ",").map(String.init) }
        let head = pieces.first ?? ""
        let slash = head.firstIndex(of: "/")
        time = slash.map { String(head[head.index(after: $0)...]) }
        let quantity = head[..<(slash ?? head.endIndex)]
        amount = quantity.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        unit = String(quantity.dropFirst(amount.count))
    }

    var wholes: Int64? { RuleText.wholes(amount) }

    func required<Value>(_ value: Value?, _ what: String) throws(RuleText.Fault) -> Value {
        guard let value else { throw RuleText.Fault(description: "\"\(text)\" needs \(what).") }
        return value
    }
}
