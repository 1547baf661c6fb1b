import Testing
import Vocabulary
import WhatIf

@Suite struct ReconciliationTests {
    private static let first: UnixMicroseconds = 1_793_491_200_000_000
    /// Five days; the third is no border.
    private static let days = first..<(first + 5 * BillKey.dayLength)
    private static let middle = first + 2 * BillKey.dayLength

    private func ours(
        calls: Int = 10, model: String = "m", day: UnixMicroseconds = middle, cost: Int64? = 100,
        isEstimated: Bool = false
    ) -> [BillKey: RecordedDay] {
        var recorded = RecordedDay()
        var usage = TokenUsage()
        usage.uncachedInput = 100
        usage.outputText = 10
        for _ in 0..<calls {
            recorded.add(usage, cost: cost.map { Money(nanodollars: $0) }, isEstimated: isEstimated)
        }
        return [BillKey(day: day, model: model): recorded]
    }

    private func compare(
        _ theirs: BillFigures, model: String? = "m", day: UnixMicroseconds = middle,
        with ours: [BillKey: RecordedDay]
    ) -> Reconciliation {
        let export = ProviderExport(form: "test", rows: [BillKey(day: day, model: model): theirs])
        return Reconciliation(export, recorded: ours, days: Self.days, tolerance: 0.01)
    }

    private static let same = BillFigures(
        requests: 10, input: 1_000, cacheRead: 0, output: 100, cost: Money(nanodollars: 1_000))

    @Test func equalFiguresAgreeAndSoDoThoseWithinTheTolerance() {
        #expect(compare(Self.same, with: ours()).agrees)
        var nearly = Self.same
        nearly.input = 1_009
        let result = compare(nearly, with: ours())
        #expect(result.agrees)
        #expect(result.rows[0].difference.input == 9)
        #expect(result.difference.cost == .zero)
    }

    @Test(arguments: ["m-2026-01-31", "m-20260131", "m-latest"])
    func aDatedNameIsTheSameModel(theirs: String) {
        let result = compare(Self.same, model: theirs, with: ours())
        #expect(result.rows.map(\.key.model) == [theirs])
        #expect(result.agrees)
    }

    @Test func aBillWithoutModelsIsComparedByDays() {
        var both = ours(model: "a")
        both.merge(ours(model: "b")) { first, _ in first }
        var theirs = BillFigures(cost: Money(nanodollars: 2_000))
        #expect(compare(theirs, model: nil, with: both).agrees)
        theirs.cost = Money(nanodollars: 3_000)
        #expect(compare(theirs, model: nil, with: both).rows.map(\.reason) == [.notThroughUs])
    }

    @Test func everyDifferenceHasItsReason() {
        var more = Self.same
        more.input = 5_000
        #expect(compare(more, with: ours()).rows[0].reason == .notThroughUs)
        #expect(compare(more, day: Self.first, with: ours(day: Self.first)).rows[0].reason == .windowBorder)
        #expect(compare(more, with: ours(isEstimated: true)).rows[0].reason == .tokensDiffer)
        #expect(compare(Self.same, with: ours(calls: 12)).rows[0].reason == .moreThroughUs)
        #expect(compare(Self.same, with: ours(cost: nil)).rows[0].reason == .unpriced)
        #expect(compare(Self.same, with: ours(cost: 50)).rows[0].reason == .priceDiffers)
        #expect(compare(Self.same, with: [:]).rows[0].reason == .notThroughUs)
        let other = compare(Self.same, model: "x", with: ours())
        #expect(other.rows.map(\.reason) == [.notInExport, .notThroughUs])
        #expect(!other.agrees)
    }

    @Test func whatTheExportDoesNotSayIsNotCompared() {
        let result = compare(BillFigures(cost: Money(nanodollars: 1_000)), with: ours())
        #expect(result.agrees)
        #expect(result.rows[0].difference.input == nil)
        #expect(result.rows[0].ours.input == 1_000)
    }

    @Test func daysOutsideOfTheTimeAreLeftOut() {
        let outside = Self.first - BillKey.dayLength
        #expect(compare(Self.same, day: outside, with: [:]).rows.isEmpty)
    }
}
