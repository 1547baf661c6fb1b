package import Vocabulary

/// A price, or none, for each bucket, in nano-dollars per million units.
///
/// Stored flat, without an allocation: the catalogue holds about a thousand of these.
package struct BucketPrices: Hashable, Sendable {
    /// Marks a bucket without a price of its own. Prices are never negative.
    private static let absent: Int64 = -1

    private var input = absent
    private var cacheRead = absent
    private var cacheWrite5m = absent
    private var cacheWrite1h = absent
    private var audioInput = absent
    private var imageInput = absent
    private var output = absent
    private var reasoning = absent
    private var audioOutput = absent
    private var serverToolCalls = absent

    /// No prices at all.
    package init() {}

    /// The listed price of `bucket`, before any substitution rule; `nil` if none is listed.
    package subscript(bucket: PriceBucket) -> Int64? {
        get {
            let price = stored(bucket)
            return price < 0 ? nil : price
        }
        set { store(newValue.map { max(0, $0) } ?? Self.absent, in: bucket) }
    }

    /// The buckets that have a price, in the order of `PriceBucket.allCases`.
    package var listed: [(bucket: PriceBucket, nanodollarsPerMillion: Int64)] {
        PriceBucket.allCases.compactMap { bucket in self[bucket].map { (bucket, $0) } }
    }

    private func stored(_ bucket: PriceBucket) -> Int64 {
        switch bucket {
        case .uncachedInput: input
        case .cacheRead: cacheRead
        case .cacheWrite5m: cacheWrite5m
        case .cacheWrite1h: cacheWrite1h
        case .audioInput: audioInput
        case .imageInput: imageInput
        case .outputText: output
        case .reasoning: reasoning
        case .audioOutput: audioOutput
        case .serverToolCalls: serverToolCalls
        }
    }

    private mutating func store(_ price: Int64, in bucket: PriceBucket) {
        switch bucket {
        case .uncachedInput: input = price
        case .cacheRead: cacheRead = price
        case .cacheWrite5m: cacheWrite5m = price
        case .cacheWrite1h: cacheWrite1h = price
        case .audioInput: audioInput = price
        case .imageInput: imageInput = price
        case .outputText: output = price
        case .reasoning: reasoning = price
        case .audioOutput: audioOutput = price
        case .serverToolCalls: serverToolCalls = price
        }
    }
}
