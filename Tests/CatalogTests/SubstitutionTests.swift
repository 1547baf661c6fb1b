import Catalog
import Testing
import Vocabulary

@Suite struct SubstitutionTests {
    private func unitPrices(_ usage: String, provider: String = "acme", _ prices: [PriceBucket: Int64]) -> [Int64] {
        let model = sampleModel(provider: provider, prices)
        let receipt = Pricing.receipt(for: TokenUsage(usage), model: model, at: 1)
        return receipt.lines.map { $0.nanodollarsPerMillion / 1_000_000_000 }
    }

    @Test func reasoningAndAudioOutputCostWhatOutputCosts() {
        #expect(unitPrices("output=1 reasoning=1 audio_output=1", [.uncachedInput: 2, .outputText: 8]) == [8, 8, 8])
        #expect(unitPrices("output=1 reasoning=1", [.uncachedInput: 2, .outputText: 8, .reasoning: 9]) == [8, 9])
    }

    @Test func cacheAudioAndImagesCostWhatInputCosts() {
        let usage = "input=1 cache_read=1 cache_write_5m=1 audio_input=1 image_input=1"
        #expect(unitPrices(usage, [.uncachedInput: 2, .outputText: 8]) == [2, 2, 2, 2, 2])
    }

    @Test func aMissingHourPriceIsTwiceTheInputAtAnthropicOnly() {
        let prices: [PriceBucket: Int64] = [.uncachedInput: 4, .cacheWrite5m: 5, .outputText: 8]
        #expect(unitPrices("cache_write_1h=1", provider: "anthropic", prices) == [8])
        #expect(unitPrices("cache_write_1h=1", provider: "acme", prices) == [5])
        #expect(unitPrices("cache_write_1h=1", provider: "acme", [.uncachedInput: 4]) == [4])
    }

    @Test func whatIsNotPricedPerUnitIsShownAtZero() {
        #expect(unitPrices("input=1 output=1 server_tool_calls=1", [.uncachedInput: 4]) == [4, 0, 0])
    }

    @Test func aPriceOfZeroIsAPriceAndNotAGap() {
        #expect(unitPrices("cache_read=1", [.uncachedInput: 4, .cacheRead: 0]) == [0])
    }
}
