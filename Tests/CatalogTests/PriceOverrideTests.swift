import Catalog
import Testing
import Vocabulary

@Suite struct PriceOverrideTests {
    private func catalog(_ overrides: PriceOverride...) throws -> Catalog {
        try BuiltIn.catalog.get().applying(overrides)
    }

    private func total(
        _ catalog: Catalog, _ provider: String, _ name: String, _ usage: String, plan: PricePlan = .standard,
        at time: Int64 = Golden.time
    ) throws -> Receipt {
        let model = try #require(catalog.model(provider: provider, name: name))
        return Pricing.receipt(for: TokenUsage(usage), model: model, at: time, tier: plan)
    }

    @Test func anOverrideReplacesTheWholePriceList() throws {
        let prices = ["input": "0.10", "output": "0.5"]
        let changed = try catalog(PriceOverride(provider: "openai", model: "gpt-4o-mini", dollarsPerMillion: prices))
        let receipt = try total(changed, "openai", "gpt-4o-mini", "input=10 cache_read=10 output=10")
        #expect(receipt.lines.map(\.nanodollarsPerMillion) == [100_000_000, 100_000_000, 500_000_000])
        #expect(receipt.source == "override")
        #expect(receipt.priceVersion == "openai/gpt-4o-mini@override")
        // The facts stay.
        #expect(changed.model(provider: "openai", name: "gpt-4o-mini")?.contextWindow == 128_000)
    }

    @Test func anAliasGetsAPriceOfItsOwn() throws {
        let changed = try catalog(
            PriceOverride(provider: "openai", model: "gpt-4o-mini-2024-07-18", dollarsPerMillion: ["input": "7"])
        )
        #expect(try total(changed, "openai", "gpt-4o-mini-2024-07-18", "input=1").source == "override")
        #expect(changed.model(named: "gpt-4o-mini-2024-07-18")?.prices[0].source == .override)
        #expect(try total(changed, "openai", "gpt-4o-mini", "input=1").source == "catalog")
    }

    @Test func anOverrideBeginsOnItsDay() throws {
        let changed = try catalog(
            PriceOverride(
                provider: "openai", model: "gpt-4o-mini", dollarsPerMillion: ["input": "7"],
                effectiveFrom: "2026-12-01"
            )
        )
        let start = try #require(CalendarDay.start(of: "2026-12-01"))
        #expect(try total(changed, "openai", "gpt-4o-mini", "input=1", at: start - 1).source == "catalog")
        let after = try total(changed, "openai", "gpt-4o-mini", "input=1", at: start)
        #expect(after.priceVersion == "openai/gpt-4o-mini@override-2026-12-01")
    }

    @Test func plansAndTiersOfOneDayFormOneRow() throws {
        let changed = try catalog(
            PriceOverride(provider: "acme", model: "m", dollarsPerMillion: ["input": "1"]),
            PriceOverride(provider: "acme", model: "m", dollarsPerMillion: ["input": "0.5"], plan: "batch"),
            PriceOverride(provider: "acme", model: "m", dollarsPerMillion: ["input": "2"], aboveInputTokens: 100)
        )
        #expect(changed.models(ofProvider: "acme").count == 1)
        #expect(try total(changed, "acme", "m", "input=100").total.nanodollars == 100_000)
        #expect(try total(changed, "acme", "m", "input=100", plan: .batch).total.nanodollars == 50_000)
        #expect(try total(changed, "acme", "m", "input=101").total.nanodollars == 202_000)
    }

    @Test func aBatchPriceAloneKeepsTheStandardOne() throws {
        let changed = try catalog(
            PriceOverride(provider: "openai", model: "gpt-4o-mini", dollarsPerMillion: ["input": "0.01"], plan: "batch")
        )
        #expect(try total(changed, "openai", "gpt-4o-mini", "input=1000000").total.nanodollars == 150_000_000)
        let batch = try total(changed, "openai", "gpt-4o-mini", "input=1000000", plan: .batch)
        #expect(batch.total.nanodollars == 10_000_000)
    }

    @Test func aProviderOfOnesOwnTakesTheFactsOfTheModelItServes() throws {
        let changed = try catalog(
            PriceOverride(provider: "up", model: "gpt-4o-mini", dollarsPerMillion: ["input": "0.2"])
        )
        let model = try #require(changed.model(provider: "up", name: "gpt-4o-mini"))
        #expect(model.provider == "up" && model.contextWindow == 128_000)
        #expect(changed.resolve(provider: "up", name: "gpt-4o-mini") == model)
        #expect(changed.model(named: "gpt-4o-mini")?.provider == "openai")
    }

    @Test(arguments: [
        (["input": "abc"], "catalog_bad_price"), (["input": "-1"], "catalog_bad_price"),
        (["input": "1e300"], "catalog_bad_price"), (["input": "0.0000000001"], "catalog_bad_price"),
        (["input": "1", "ouput": "2"], "catalog_bad_field"), (["output": "2"], "catalog_bad_field"),
    ])
    func aBadPriceSaysWhatIsWrong(_ prices: [String: String], _ code: String) {
        let error = #expect(throws: CatalogError.self) {
            try PriceOverride(provider: "openai", model: "gpt-4o-mini", dollarsPerMillion: prices)
        }
        #expect(error?.code.rawValue == code)
        #expect(error?.cause.contains("gpt-4o-mini") == true)
    }

    @Test func ratesMayBeGivenInNanodollars() throws {
        let rates: [(bucket: String, rate: Int64)] = [("input", 150_000_000), ("output", 600_000_000)]
        let whole = try PriceOverride(provider: "a", model: "m", nanodollarsPerMillion: rates)
        let written = try PriceOverride(
            provider: "a", model: "m", dollarsPerMillion: ["input": "0.15", "output": "0.60"]
        )
        #expect(whole == written)
        #expect(throws: CatalogError.self) {
            try PriceOverride(provider: "a", model: "m", nanodollarsPerMillion: [("input", -1)])
        }
    }

    @Test func badDaysAndPlansAreRefused() {
        #expect(throws: CatalogError.self) {
            try PriceOverride(
                provider: "a", model: "m", dollarsPerMillion: ["input": "1"], effectiveFrom: "yesterday"
            )
        }
        #expect(throws: CatalogError.self) {
            try PriceOverride(provider: "a", model: "m", dollarsPerMillion: ["input": "1"], plan: "turbo")
        }
    }
}
