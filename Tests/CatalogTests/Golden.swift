import Catalog
import Vocabulary

/// One usage payload and what it must cost.
struct Golden: CustomStringConvertible, Sendable {
    var provider: String
    var model: String
    /// `bucket=count` pairs, by the buckets' raw values.
    var usage: String
    var plan: PricePlan
    var nanodollars: Int64

    init(_ provider: String, _ model: String, _ usage: String, plan: PricePlan = .standard, _ nanodollars: Int64) {
        self.provider = provider
        self.model = model
        self.usage = usage
        self.plan = plan
        self.nanodollars = nanodollars
    }

    var description: String { "\(provider) \(model) \(plan.rawValue): \(usage)" }

    /// The prices of that day, whatever rows come later.
    static let time = CalendarDay.start(of: "2026-11-24") ?? 0
}

extension TokenUsage {
    /// Reads `bucket=count` pairs; a misspelt one would make a test pass for the wrong reason, so it traps.
    init(_ text: String) {
        self.init()
        for pair in text.split(separator: " ") {
            let parts = pair.split(separator: "=")
            guard let bucket = PriceBucket(rawValue: String(parts[0])), let count = Int64(parts[1]) else {
                preconditionFailure("no bucket or no count in `\(pair)`")
            }
            set(bucket, count)
        }
    }

    private mutating func set(_ bucket: PriceBucket, _ count: Int64) {
        switch bucket {
        case .uncachedInput: uncachedInput = count
        case .cacheRead: cacheRead = count
        case .cacheWrite5m: cacheWrite5m = count
        case .cacheWrite1h: cacheWrite1h = count
        case .audioInput: audioInput = count
        case .imageInput: imageInput = count
        case .outputText: outputText = count
        case .reasoning: reasoning = count
        case .audioOutput: audioOutput = count
        case .serverToolCalls: serverToolCalls = count
        }
    }
}

/// The built-in catalogue, decoded once for all tests.
enum BuiltIn {
    static let catalog = Result { () throws(CatalogError) in try Catalog.builtIn() }
}

/// A catalogue model with one row of prices in whole dollars per million, for tests of rules.
func sampleModel(
    provider: String = "acme", _ prices: [PriceBucket: Int64], above: [(Int64, [PriceBucket: Int64])] = []
) -> CatalogModel {
    var tiers = [PriceTier(plan: .standard, aboveInputTokens: 0, prices: dollars(prices))]
    tiers += above.map { PriceTier(plan: .standard, aboveInputTokens: $0.0, prices: dollars($0.1)) }
    let row = PriceRow(version: "v1", effectiveFrom: 0, source: .catalog, tiers: tiers)
    return CatalogModel(provider: provider, name: "model", prices: [row])
}

/// Prices given in whole dollars per million.
func dollars(_ prices: [PriceBucket: Int64]) -> BucketPrices {
    var all = BucketPrices()
    for (bucket, price) in prices { all[bucket] = price * 1_000_000_000 }
    return all
}
