/// Prices that hold for one plan above one input length.
package struct PriceTier: Hashable, Sendable {
    package var plan: PricePlan
    /// The tier holds for calls with strictly more input tokens than this, cached ones included; 0 for the base tier.
    package var aboveInputTokens: Int64
    package var prices: BucketPrices

    /// - Parameter aboveInputTokens: tokens; negative values are taken as 0.
    package init(plan: PricePlan, aboveInputTokens: Int64, prices: BucketPrices) {
        self.plan = plan
        self.aboveInputTokens = max(0, aboveInputTokens)
        self.prices = prices
    }
}

extension [PriceTier] {
    /// The tier a call is charged at, as a whole, the way Google, Anthropic, OpenAI and xAI do it.
    ///
    /// First the input length chooses among the thresholds the row lists for any plan; then the plan. A plan without
    /// a price for that length is charged at the standard one (OpenAI has no priority processing of long contexts).
    package func tier(plan: PricePlan, inputTokens: Int64) -> PriceTier? {
        var best: PriceTier?
        for tier in self where inputTokens > tier.aboveInputTokens || tier.aboveInputTokens == 0 {
            guard tier.plan == plan || tier.plan == .standard else { continue }
            guard let current = best else {
                best = tier
                continue
            }
            let longer = tier.aboveInputTokens > current.aboveInputTokens
            let closer = tier.aboveInputTokens == current.aboveInputTokens && tier.plan == plan
            if longer || closer { best = tier }
        }
        return best
    }
}
