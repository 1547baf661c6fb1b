package import Vocabulary

/// What is recorded here of one day and model.
package struct RecordedDay: Sendable, Equatable {
    package var figures = BillFigures(
        requests: 0, input: 0, cacheRead: 0, cacheWrite: 0, output: 0, cost: .zero)
    /// Calls without a known price.
    package var unpriced: Int64 = 0
    /// Calls whose usage was estimated, because nobody said it.
    package var estimated: Int64 = 0

    package init() {}

    /// Adds one call.
    package mutating func add(_ usage: TokenUsage, cost: Money?, isEstimated: Bool) {
        figures.add(
            BillFigures(
                requests: 1, input: usage.uncachedInput + usage.audioInput + usage.imageInput,
                cacheRead: usage.cacheRead, cacheWrite: usage.cacheWrite5m + usage.cacheWrite1h,
                output: usage.totalOutput, cost: cost ?? .zero))
        if cost == nil { unpriced += 1 }
        if isEstimated { estimated += 1 }
    }
}

/// A provider's export held against the records, day by day and model by model. Pure.
package struct Reconciliation: Sendable, Equatable {
    /// A likely reason for a difference. Raw values are shown.
    package enum Reason: String, Sendable, CaseIterable {
        /// They have what we have not: traffic beside us, or with another key.
        case notThroughUs = "not_through_us"
        /// We have what they have not (yet).
        case notInExport = "not_in_export"
        case unpriced
        /// The same tokens at another price.
        case priceDiffers = "price_differs"
        /// At the ends of the time, calls fall on the one side or the other.
        case windowBorder = "window_border"
        case moreThroughUs = "more_through_us"
        case tokensDiffer = "tokens_differ"
    }

    /// One day and model.
    package struct Row: Sendable, Equatable {
        package var key: BillKey
        package var theirs: BillFigures
        package var ours: BillFigures
        /// Theirs minus ours.
        package var difference: BillFigures
        /// `nil` where both agree.
        package var reason: Reason?
        package var detail: String?
    }

    package private(set) var rows: [Row] = []
    package private(set) var theirs = BillFigures()
    package private(set) var ours = BillFigures()
    /// Share of the larger figure up to which a difference is none.
    package let tolerance: Double
    private let days: Range<UnixMicroseconds>

    /// - Parameters:
    ///   - recorded: Ours, by the names that the provider has for models.
    ///   - days: The time that both are about.
    package init(
        _ export: ProviderExport, recorded: [BillKey: RecordedDay], days: Range<UnixMicroseconds>, tolerance: Double
    ) {
        self.tolerance = tolerance
        self.days = days
        let theirs = export.rows.filter { days.contains($0.key.day) }
        let ours = Self.folded(recorded, to: theirs)
        let keys = Set(theirs.keys).union(ours.keys)
        for key in keys.sorted(by: { ($0.day, $0.model ?? "") < ($1.day, $1.model ?? "") }) {
            let row = row(key, theirs[key], ours[key])
            rows.append(row)
            self.theirs.add(row.theirs)
            self.ours.add(row.ours)
        }
    }

    package var agrees: Bool { rows.allSatisfy { $0.reason == nil } }

    /// Theirs minus ours.
    package var difference: BillFigures { theirs.minus(ours) }

    // MARK: Putting side by side

    /// Ours under their names: an alias and its dated version are one model (`gpt-4o` and `gpt-4o-2024-08-06`), and
    /// where they name no model, all of a day are one.
    private static func folded(
        _ recorded: [BillKey: RecordedDay], to theirs: [BillKey: BillFigures]
    ) -> [BillKey: RecordedDay] {
        let namesOfDay = Dictionary(grouping: theirs.keys, by: \.day).mapValues { $0.map(\.model) }
        var folded: [BillKey: RecordedDay] = [:]
        for (key, day) in recorded {
            var target = key
            if let names = namesOfDay[key.day] { target.model = name(of: key.model, among: names) }
            folded[target, default: RecordedDay()].merge(day)
        }
        return folded
    }

    private static func name(of model: String?, among names: [String?]) -> String? {
        if names.contains(model) || names.isEmpty { return model }
        if names.allSatisfy({ $0 == nil }) { return nil }
        guard let model else { return nil }
        let similar = names.compactMap(\.self).filter { DatedName.isSame($0, model) }
        return similar.min() ?? model
    }

    private func row(_ key: BillKey, _ theirs: BillFigures?, _ ours: RecordedDay?) -> Row {
        let mine = ours?.figures ?? RecordedDay().figures
        let bill = theirs ?? BillFigures()
        let (reason, detail) = reason(key, theirs, ours) ?? (nil, nil)
        return Row(
            key: key, theirs: bill, ours: mine, difference: bill.minus(mine), reason: reason, detail: detail)
    }
}

// Why they differ.
extension Reconciliation {
    private func reason(_ key: BillKey, _ theirs: BillFigures?, _ ours: RecordedDay?) -> (Reason?, String?)? {
        guard let theirs else {
            return (.notInExport, "The export has nothing for this day and model. It may not be complete yet.")
        }
        guard let ours else {
            return isNothing(theirs) ? nil : (.notThroughUs, "Nothing of it went through this server.")
        }
        let tokens = compare(theirs.tokens, theirs.tokens == nil ? nil : ours.figures.tokens)
        let requests = compare(theirs.requests, ours.figures.requests)
        let cost = compare(theirs.cost?.nanodollars, ours.figures.cost?.nanodollars)
        if tokens == .same, cost == .same { return nil }
        if tokens != .same { return tokensReason(key, tokens, requests, ours) }
        if ours.unpriced > 0 {
            return (.unpriced, "\(ours.unpriced) calls have no known price here. Set one under `prices`.")
        }
        if isBorder(key), theirs.tokens == nil { return Self.border }
        if theirs.tokens == nil, cost == .more {
            return (.notThroughUs, "They bill more than went through this server, or at other prices.")
        }
        return (.priceDiffers, "The prices differ: compare the receipt of a call with the provider's price list.")
    }

    private func tokensReason(
        _ key: BillKey, _ tokens: Order, _ requests: Order, _ ours: RecordedDay
    ) -> (Reason?, String?) {
        if isBorder(key) { return Self.border }
        if ours.estimated > 0 {
            return (
                .tokensDiffer, "The usage of \(ours.estimated) calls was estimated, because their answers broke off.")
        }
        switch (tokens, requests) {
        case (.more, _): return (.notThroughUs, "They count more than went through this server.")
        case (.less, .less): return (.moreThroughUs, "More went through this server than they count so far.")
        default: return (.tokensDiffer, "The same requests are counted with other tokens.")
        }
    }

    private static let border: (Reason?, String?) = (
        .windowBorder, "The day is at the end of the time, where calls may count for the day before or after."
    )

    private enum Order { case same, more, less }

    /// Whether theirs are more or less than ours; what they don't say is the same.
    private func compare(_ theirs: Int64?, _ ours: Int64?) -> Order {
        guard let theirs, let ours else { return .same }
        let allowed = tolerance * Double(max(theirs.magnitude, ours.magnitude))
        if abs(Double(theirs) - Double(ours)) <= allowed { return .same }
        return theirs > ours ? .more : .less
    }

    private func isBorder(_ key: BillKey) -> Bool {
        key.day == BillKey.day(of: days.lowerBound) || key.day == BillKey.day(of: days.upperBound - 1)
    }

    private func isNothing(_ figures: BillFigures) -> Bool {
        (figures.tokens ?? 0) == 0 && (figures.requests ?? 0) == 0 && (figures.cost ?? .zero) == .zero
    }
}

extension RecordedDay {
    fileprivate mutating func merge(_ other: RecordedDay) {
        figures.add(other.figures)
        unpriced += other.unpriced
        estimated += other.estimated
    }
}

/// Names of models with and without the day of their version.
enum DatedName {
    /// Whether both are one model: equal but for a date at the end (`-2024-08-06`, `-20241022`) or `-latest`.
    static func isSame(_ a: String, _ b: String) -> Bool { base(a) == base(b) }

    static func base(_ name: String) -> Substring {
        if name.hasSuffix("-latest") { return name.dropLast(7) }
        for pattern in [[4, 2, 2], [8]] {
            if let base = dropping(pattern, from: name[...]) { return base }
        }
        return name[...]
    }

    /// Without groups of that many digits, each after a hyphen.
    private static func dropping(_ groups: [Int], from name: Substring) -> Substring? {
        var rest = name
        for count in groups.reversed() {
            let digits = rest.suffix(count)
            guard digits.utf8.count == count, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            rest = rest.dropLast(count)
            guard rest.last == "-" else { return nil }
            rest = rest.dropLast()
        }
        return rest.isEmpty ? nil : rest
    }
}
