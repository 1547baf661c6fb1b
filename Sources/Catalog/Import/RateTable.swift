import Vocabulary

/// Prices as a file lists them, by plan and input length, on their way to self-contained tiers.
struct RateTable {
    struct Key: Hashable {
        var plan: PricePlan
        var above: Int64
    }

    private(set) var rates: [Key: BucketPrices] = [:]

    mutating func set(_ bucket: PriceBucket, _ price: Int64, plan: PricePlan = .standard, above: Int64 = 0) {
        rates[Key(plan: plan, above: above), default: BucketPrices()][bucket] = price
    }

    /// Tiers in which every bucket stands that the base lists; empty if there is no standard input price.
    ///
    /// A 0 beside a real input price means "not offered" in these files (cache, audio), so it counts as not listed.
    /// A tier that lists no price for a bucket takes the base's, in proportion to its input (or output) price, except
    /// that a plan without a cache-read price has no cache discount.
    func tiers() -> [PriceTier] {
        var kept = rates.mapValues(Self.withoutPlaceholders).filter { $0.value[.uncachedInput] != nil }
        let standard = Key(plan: .standard, above: 0)
        guard let base = kept[standard], base[.uncachedInput] ?? 0 > 0 else { return [] }
        for (key, prices) in kept where key != standard {
            if base[.outputText] != nil, prices[.outputText] == nil {
                kept[key] = nil
            } else {
                let short = rates[Key(plan: key.plan, above: 0)].map(Self.withoutPlaceholders)
                let reference = key.above > 0 ? short ?? base : base
                kept[key] = Self.completed(prices, from: reference, isLonger: key.above > 0)
            }
        }
        return kept.map { PriceTier(plan: $0.key.plan, aboveInputTokens: $0.key.above, prices: $0.value) }
            .sorted { ($0.plan.rawValue, $0.aboveInputTokens) < ($1.plan.rawValue, $1.aboveInputTokens) }
    }

    private static func withoutPlaceholders(_ prices: BucketPrices) -> BucketPrices {
        var kept = prices
        guard prices[.uncachedInput] ?? 0 > 0 else { return kept }
        for (bucket, price) in prices.listed where price == 0 && bucket != .outputText { kept[bucket] = nil }
        return kept
    }

    private static func completed(_ prices: BucketPrices, from base: BucketPrices, isLonger: Bool) -> BucketPrices {
        var full = prices
        for (bucket, price) in base.listed where prices[bucket] == nil {
            switch bucket {
            case .uncachedInput, .outputText: break
            case .serverToolCalls: full[bucket] = price
            case .cacheRead where !isLonger: break
            case .reasoning, .audioOutput:
                full[bucket] = scaled(price, from: base[.outputText], to: prices[.outputText])
            default:
                full[bucket] = scaled(price, from: base[.uncachedInput], to: prices[.uncachedInput])
            }
        }
        return full
    }

    private static func scaled(_ price: Int64, from: Int64?, to: Int64?) -> Int64? {
        guard let from, let to, from > 0 else { return nil }
        return Int64(clamping: Int128(price) * Int128(to) / Int128(from))
    }
}
