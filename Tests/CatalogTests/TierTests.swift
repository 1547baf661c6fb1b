import Catalog
import Testing
import Vocabulary

@Suite struct TierTests {
    private let model = sampleModel(
        [.uncachedInput: 1, .outputText: 10],
        above: [(200_000, [.uncachedInput: 2, .outputText: 15]), (500_000, [.uncachedInput: 3, .outputText: 20])]
    )

    private func inputPrice(_ usage: String, plan: PricePlan = .standard) -> Int64 {
        let receipt = Pricing.receipt(for: TokenUsage(usage), model: model, at: 1, tier: plan)
        return (receipt.lines.first?.nanodollarsPerMillion ?? -1) / 1_000_000_000
    }

    @Test(arguments: [(1, 1), (200_000, 1), (200_001, 2), (500_000, 2), (500_001, 3), (9_000_000, 3)])
    func theBoundaryBelongsToTheLowerTier(_ tokens: Int, _ price: Int64) {
        #expect(inputPrice("input=\(tokens)") == price)
    }

    @Test func everyKindOfInputCounts() {
        for bucket in ["cache_read", "cache_write_5m", "cache_write_1h", "audio_input", "image_input"] {
            #expect(inputPrice("input=1 \(bucket)=200000") == 2)
        }
        #expect(inputPrice("input=1 output=900000 reasoning=900000 server_tool_calls=900000") == 1)
    }

    @Test func theWholeCallIsChargedAtTheTier() {
        let receipt = Pricing.receipt(for: TokenUsage("input=200001 output=7"), model: model, at: 1)
        #expect(receipt.lines.map(\.amount.nanodollars) == [400_002_000, 105_000])
    }

    @Test func aPlanWithoutPricesIsChargedAsStandard() {
        for plan in PricePlan.allCases { #expect(inputPrice("input=200001", plan: plan) == 2) }
    }

    @Test(
        arguments: [
            ("flex", .flex), ("priority", .priority), ("batch", .batch), ("default", .standard), ("auto", .standard),
            ("scale", .standard), (nil, .standard),
        ] as [(String?, PricePlan)])
    func serviceTiersAreRead(_ text: String?, _ plan: PricePlan) {
        #expect(PricePlan(serviceTier: text) == plan)
    }
}
