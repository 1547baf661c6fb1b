import Catalog
import Testing
import Vocabulary

@Suite struct PriceVersionTests {
    private func row(_ version: String, from day: String, _ source: PriceSource = .catalog, price: Int64) -> PriceRow {
        let tier = PriceTier(plan: .standard, aboveInputTokens: 0, prices: dollars([.uncachedInput: price]))
        return PriceRow(
            version: version, effectiveFrom: CalendarDay.start(of: day) ?? 0, source: source, tiers: [tier]
        )
    }

    private func version(_ model: CatalogModel, on day: String, plus microseconds: Int64 = 0) -> String {
        model.price(at: (CalendarDay.start(of: day) ?? 0) + microseconds).version
    }

    @Test func theNewestRowThatHasBegunApplies() {
        let rows = [row("b", from: "2026-06-01", price: 2), row("a", from: "2026-01-01", price: 1)]
        let model = CatalogModel(provider: "acme", name: "m", prices: rows)
        #expect(version(model, on: "2026-03-01") == "a")
        #expect(version(model, on: "2026-06-01", plus: -1) == "a")
        #expect(version(model, on: "2026-06-01") == "b")
        #expect(version(model, on: "2030-01-01") == "b")
    }

    @Test func theEarliestRowAlsoHoldsBeforeItsDay() {
        let rows = [row("b", from: "2026-06-01", price: 2), row("a", from: "2026-01-01", price: 1)]
        let model = CatalogModel(provider: "acme", name: "m", prices: rows)
        #expect(version(model, on: "1999-01-01") == model.price(at: .min).version)
        #expect(model.price(at: .min).version == "a")
    }

    @Test func anOverrideWinsFromItsDayOnWhateverTheCatalogueSaysLater() {
        let rows = [
            row("list", from: "2026-01-01", price: 1), row("later", from: "2026-09-01", price: 3),
            row("ours", from: "2026-06-01", .override, price: 2),
        ]
        let model = CatalogModel(provider: "acme", name: "m", prices: rows)
        #expect(version(model, on: "2026-05-31") == "list")
        #expect(version(model, on: "2026-06-01") == "ours")
        #expect(version(model, on: "2027-01-01") == "ours")
    }

    @Test func aCorrectedPriceRatesTheSameUsageAnew() {
        let usage = TokenUsage("input=1000000")
        let old = CatalogModel(provider: "acme", name: "m", prices: [row("1", from: "2026-01-01", price: 1)])
        let new = CatalogModel(
            provider: "acme", name: "m",
            prices: old.prices + [row("2", from: "2026-01-02", price: 5)]
        )
        let time = CalendarDay.start(of: "2026-02-01") ?? 0
        #expect(Pricing.receipt(for: usage, model: old, at: time).total.nanodollars == 1_000_000_000)
        #expect(Pricing.receipt(for: usage, model: new, at: time).total.nanodollars == 5_000_000_000)
        #expect(Pricing.receipt(for: usage, model: new, at: time).priceVersion == "acme/m@2")
    }

    @Test(
        arguments: [
            ("1970-01-01", 0), ("1970-03-01", 59), ("2000-02-29", 11_016), ("2024-12-31", 20_088),
            ("2026-11-23", 20_780),
            ("2100-03-01", 47_541),
        ] as [(String, Int64)])
    func daysAreCountedFromTheEpoch(_ text: String, _ days: Int64) {
        #expect(CalendarDay.start(of: text) == days * 86_400_000_000)
    }

    @Test(arguments: [
        "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "26-01-01", "", "2026-04-31",
        "2026-01-01T00:00:00Z", "-026-01-01", "1969-12-31", "2026-01-00",
    ])
    func whatIsNoDayIsRefused(_ text: String) {
        #expect(CalendarDay.start(of: text) == nil)
    }
}
