import Vocabulary

/// A price the operator sets: a whole price list for one model, one plan and one input length.
///
/// Buckets it leaves out follow the substitution rules of `BucketPrices.charged`; nothing is taken from the catalogue.
package struct PriceOverride: Hashable, Sendable {
    package var provider: String
    package var model: String
    package var plan: PricePlan
    /// The price holds for calls with more input tokens than this.
    package var aboveInputTokens: Int64
    package var prices: BucketPrices
    /// The day it begins, `YYYY-MM-DD`; `nil` for always.
    package var effectiveFrom: String?

    /// - Parameters:
    ///   - dollarsPerMillion: decimal dollars per million units by bucket (`input`, `output`, `cache_read` ...), for
    ///     example `["input": "0.15", "output": "0.60"]`; `input` is required.
    ///   - effectiveFrom: `YYYY-MM-DD`.
    ///   - plan: `standard`, `batch`, `flex` or `priority`.
    /// - Throws: `badPrice` or `badField`, naming what was written.
    package init(
        provider: String, model: String, dollarsPerMillion: [String: String], effectiveFrom: String? = nil,
        plan: String = "standard", aboveInputTokens: Int64 = 0
    ) throws(CatalogError) {
        var rates: [(String, Int64)] = []
        for (key, text) in dollarsPerMillion.sorted(by: { $0.key < $1.key }) {
            rates.append((key, try Self.price(text, bucket: key, model: model)))
        }
        try self.init(
            provider: provider, model: model, nanodollarsPerMillion: rates, effectiveFrom: effectiveFrom, plan: plan,
            aboveInputTokens: aboveInputTokens
        )
    }

    /// The same with rates that are whole nano-dollars per million units already.
    package init(
        provider: String, model: String, nanodollarsPerMillion rates: [(bucket: String, rate: Int64)],
        effectiveFrom: String? = nil, plan: String = "standard", aboveInputTokens: Int64 = 0
    ) throws(CatalogError) {
        guard let plan = PricePlan(rawValue: plan) else {
            throw Self.badField("plan", plan, allowed: PricePlan.allCases.map(\.rawValue), model: model)
        }
        if let day = effectiveFrom, CalendarDay.start(of: day) == nil {
            throw CatalogError(
                .badField, cause: "`\(day)` is no day, in the price of `\(model)`", advice: "Write it as 2026-11-23."
            )
        }
        self.provider = provider
        self.model = model
        self.plan = plan
        self.aboveInputTokens = max(0, aboveInputTokens)
        self.effectiveFrom = effectiveFrom
        prices = try Self.prices(rates, model: model)
    }

    var tier: PriceTier { PriceTier(plan: plan, aboveInputTokens: aboveInputTokens, prices: prices) }

    private static func price(_ text: String, bucket: String, model: String) throws(CatalogError) -> Int64 {
        let reading = DecimalPrice.read(text.utf8, unit: .dollarsPerMillion, allowingNoise: false)
        if case .price(let price) = reading { return price }
        throw CatalogError(
            .badPrice, cause: "`\(text)` for \(bucket) of `\(model)` is \(reading.complaint)",
            advice: "Write dollars per million units as a plain decimal, for example 0.15."
        )
    }

    private static func prices(
        _ rates: [(bucket: String, rate: Int64)], model: String
    ) throws(CatalogError) -> BucketPrices {
        var prices = BucketPrices()
        for (key, rate) in rates {
            guard let bucket = PriceBucket(rawValue: key) else {
                throw badField("bucket", key, allowed: PriceBucket.allCases.map(\.rawValue), model: model)
            }
            guard rate >= 0 else {
                throw CatalogError(
                    .badPrice, cause: "the price for \(key) of `\(model)` is negative", advice: "Give 0 or more."
                )
            }
            prices[bucket] = rate
        }
        guard prices[.uncachedInput] != nil else {
            throw CatalogError(
                .badField, cause: "the price of `\(model)` has no `input`",
                advice: "Give at least the input price (0 if it is free)."
            )
        }
        return prices
    }

    private static func badField(_ what: String, _ text: String, allowed: [String], model: String) -> CatalogError {
        CatalogError(
            .badField, cause: "unknown \(what) `\(text)` in the price of `\(model)`",
            advice: "Use one of \(allowed.joined(separator: ", "))."
        )
    }
}

extension DecimalPrice.Reading {
    /// What is wrong with the number, as the end of a sentence.
    fileprivate var complaint: String {
        switch self {
        case .price: "a price"
        case .malformed: "not a decimal number"
        case .negative: "negative"
        case .tooFine: "finer than a billionth of a dollar per million"
        case .tooLarge: "too large"
        }
    }
}
