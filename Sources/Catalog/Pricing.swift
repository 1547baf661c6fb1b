package import Vocabulary

/// Turns usage into money: pure integer arithmetic, no state.
package enum Pricing {
    /// No line may exceed this, so that the sum of ten lines still fits `Money` (576 million dollars a line).
    package static let largestLine = Int64.max / 16

    /// What a call cost. Every non-empty bucket is a line that shows the unit price it was charged at.
    ///
    /// - Parameters:
    ///   - usage: disjoint buckets; the sum of the input side chooses the context tier. Negative counts are ignored.
    ///   - time: when the call was made; chooses the price row.
    ///   - tier: the plan the provider says it billed; a plan without prices of its own is charged as standard.
    package static func receipt(
        for usage: TokenUsage, model: CatalogModel, at time: UnixMicroseconds, tier plan: PricePlan = .standard
    ) -> Receipt {
        let row = model.price(at: time)
        let tier = row.tiers.tier(plan: plan, inputTokens: totalInput(of: usage))
        var lines: [ReceiptLine] = []
        lines.reserveCapacity(4)  // Input, cache read, output, reasoning: most calls have no more.
        for bucket in PriceBucket.allCases {
            let quantity = usage[bucket]
            guard quantity > 0 else { continue }
            let price = tier.map { $0.prices.charged(bucket, provider: model.provider) } ?? 0
            lines.append(line(bucket, quantity: quantity, price: price))
        }
        return Receipt(lines: lines, priceVersion: version(model, row, tier), source: row.source.rawValue)
    }

    /// `round_half_up(quantity * price / 1_000_000)` nano-dollars through 128 bits, at most `largestLine`.
    ///
    /// - Precondition: neither is negative.
    package static func amount(quantity: Int64, nanodollarsPerMillion price: Int64) -> Money {
        let exact = Int128(quantity) * Int128(price)
        let rounded = (exact + 500_000) / 1_000_000
        return Money(nanodollars: Int64(min(rounded, Int128(largestLine))))
    }

    private static func line(_ bucket: PriceBucket, quantity: Int64, price: Int64) -> ReceiptLine {
        ReceiptLine(
            bucket: bucket, quantity: quantity, nanodollarsPerMillion: price,
            amount: amount(quantity: quantity, nanodollarsPerMillion: price)
        )
    }

    /// The name of the exact prices used: `provider/model@version`, then `+plan` and `+above=tokens` where they are
    /// not the ordinary ones. The part before the first `+` names the row.
    private static func version(_ model: CatalogModel, _ row: PriceRow, _ tier: PriceTier?) -> String {
        var text = "\(model.provider)/\(model.name)@\(row.version)"
        guard let tier else { return text }
        if tier.plan != .standard { text += "+\(tier.plan.rawValue)" }
        if tier.aboveInputTokens > 0 { text += "+above=\(tier.aboveInputTokens)" }
        return text
    }

    /// The input side's sum, saturating: a damaged count must not trap.
    private static func totalInput(of usage: TokenUsage) -> Int64 {
        var sum: Int64 = 0
        for bucket in inputBuckets {
            let (next, overflow) = sum.addingReportingOverflow(max(0, usage[bucket]))
            sum = overflow ? .max : next
        }
        return sum
    }

    private static let inputBuckets: [PriceBucket] = [
        .uncachedInput, .cacheRead, .cacheWrite5m, .cacheWrite1h, .audioInput, .imageInput,
    ]
}

extension TokenUsage {
    /// The count in one bucket.
    package subscript(bucket: PriceBucket) -> Int64 {
        switch bucket {
        case .uncachedInput: uncachedInput
        case .cacheRead: cacheRead
        case .cacheWrite5m: cacheWrite5m
        case .cacheWrite1h: cacheWrite1h
        case .audioInput: audioInput
        case .imageInput: imageInput
        case .outputText: outputText
        case .reasoning: reasoning
        case .audioOutput: audioOutput
        case .serverToolCalls: serverToolCalls
        }
    }
}
