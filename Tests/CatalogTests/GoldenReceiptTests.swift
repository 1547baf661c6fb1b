import Catalog
import Testing
import Vocabulary

@Suite struct GoldenReceiptTests {
    @Test(arguments: GoldenReceipts.all)
    func theReceiptIsExactToTheNanodollar(_ golden: Golden) throws {
        let catalog = try BuiltIn.catalog.get()
        let model = try #require(catalog.model(provider: golden.provider, name: golden.model))
        let usage = TokenUsage(golden.usage)
        let receipt = Pricing.receipt(for: usage, model: model, at: Golden.time, tier: golden.plan)
        #expect(receipt.total.nanodollars == golden.nanodollars)
        #expect(receipt.lines.map(\.bucket) == PriceBucket.allCases.filter { usage[$0] > 0 })
        #expect(receipt.source == "catalog")
    }

    @Test func thereAreAtLeastSixtyPayloadsOverEightProviders() {
        #expect(GoldenReceipts.all.count >= 60)
        #expect(Set(GoldenReceipts.all.map { ProviderName.canonical($0.provider) }).count >= 8)
    }

    @Test func theReceiptNamesTheExactPrices() throws {
        let catalog = try BuiltIn.catalog.get()
        let model = try #require(catalog.model(provider: "openai", name: "gpt-5.4-2026-03-05"))
        let long = TokenUsage("input=272001")
        let version = { (usage, plan) in
            Pricing.receipt(for: usage, model: model, at: Golden.time, tier: plan).priceVersion
        }
        #expect(version(TokenUsage("input=1"), .standard) == "openai/gpt-5.4@2026-11-23")
        #expect(version(TokenUsage("input=1"), .batch) == "openai/gpt-5.4@2026-11-23+batch")
        #expect(version(long, .flex) == "openai/gpt-5.4@2026-11-23+flex+above=272000")
        // No priority price for long contexts, so the receipt does not claim one.
        #expect(version(long, .priority) == "openai/gpt-5.4@2026-11-23+above=272000")
    }

    /// The figures of litellm#14849 at the prices its reporter used: $0.1849, not $0.7642.
    @Test func geminiCacheHitsAreNotChargedTwice() throws {
        let prices = ["input": "1.25", "cache_read": "0.625", "output": "10"]
        let override = try PriceOverride(provider: "google", model: "gemini-2.5-pro", dollarsPerMillion: prices)
        let catalog = try BuiltIn.catalog.get().applying([override])
        let model = try #require(catalog.model(provider: "google", name: "gemini-2.5-pro"))
        // Gemini's prompt count, 262,960, includes the 257,955 cached tokens.
        let usage = TokenUsage("input=5005 cache_read=257955 output=1744")
        let receipt = Pricing.receipt(for: usage, model: model, at: Golden.time)
        #expect(receipt.lines.map(\.amount.nanodollars) == [6_256_250, 161_221_875, 17_440_000])
        #expect(receipt.total.nanodollars == 184_918_125)
    }

    /// litellm#9812: 12,304 written tokens were charged as input as well.
    @Test func anthropicCacheWritesAreNotChargedAsInput() throws {
        let catalog = try BuiltIn.catalog.get()
        let model = try #require(catalog.model(provider: "anthropic", name: "claude-3-7-sonnet-20250219"))
        let usage = TokenUsage("input=3 cache_write_5m=12304 output=550")
        let lines = Pricing.receipt(for: usage, model: model, at: Golden.time).lines
        #expect(lines.map(\.nanodollarsPerMillion) == [3_000_000_000, 3_750_000_000, 15_000_000_000])
        #expect(lines.map(\.amount.nanodollars) == [9_000, 46_140_000, 8_250_000])
    }
}
