import Catalog
import Testing
import Vocabulary

@Suite struct RoundingTests {
    @Test(
        arguments: [
            (1, 499_999, 0), (1, 500_000, 1), (1, 1_499_999, 1), (1, 1_500_000, 2), (3, 500_000, 2), (5, 100_000, 1),
            (0, 9_999_999, 0), (1_000_000, 1, 1), (999_999, 1, 1), (499_999, 1, 0), (500_000, 1, 1),
        ] as [(Int64, Int64, Int64)])
    func halvesGoUp(_ quantity: Int64, _ price: Int64, _ expected: Int64) {
        let amount = Pricing.amount(quantity: quantity, nanodollarsPerMillion: price)
        #expect(amount.nanodollars == expected)
    }

    /// The same product by another road: 64-bit halves, no 128-bit integer.
    @Test func agreesWithLongDivision() {
        var random = SplitMix(state: 42)
        for _ in 0..<20_000 {
            let quantity = Int64(random.next() >> (1 + random.next() % 40))
            let price = Int64(random.next() >> (1 + random.next() % 40))
            let (high, low) = UInt64(quantity).multipliedFullWidth(by: UInt64(price))
            let (sum, carry) = low.addingReportingOverflow(500_000)
            let top = high + (carry ? 1 : 0)
            let expected: Int64
            if top >= 1_000_000 {
                expected = Pricing.largestLine
            } else {
                let quotient = UInt64(1_000_000).dividingFullWidth((top, sum)).quotient
                expected = Int64(min(quotient, UInt64(Pricing.largestLine)))
            }
            #expect(Pricing.amount(quantity: quantity, nanodollarsPerMillion: price).nanodollars == expected)
        }
    }

    @Test func extremesAreCappedAndNeverTrap() {
        let prices = Dictionary(uniqueKeysWithValues: PriceBucket.allCases.map { ($0, Int64(9_000_000_000)) })
        let everything = PriceBucket.allCases.map { "\($0.rawValue)=\(Int64.max)" }.joined(separator: " ")
        let receipt = Pricing.receipt(for: TokenUsage(everything), model: sampleModel(prices), at: .max)
        #expect(receipt.lines.allSatisfy { $0.amount.nanodollars == Pricing.largestLine })
        #expect(receipt.total.nanodollars == Pricing.largestLine * 10)
    }

    @Test func emptyAndNegativeCountsMakeNoLine() {
        let model = sampleModel([.uncachedInput: 1, .outputText: 1])
        let usage = TokenUsage("input=\(Int64.min) cache_read=-5 output=0")
        let receipt = Pricing.receipt(for: usage, model: model, at: .min)
        #expect(receipt.lines.isEmpty)
        #expect(receipt.total == .zero)
    }

    /// Splitting a call into single tokens may only cost more through rounding, at most half a nano-dollar each.
    @Test func roundingErrorIsAtMostHalfANanodollarALine() {
        for price in [Int64(1), 37_500_000, 123_456_789, 999_999] {
            let one = Pricing.amount(quantity: 1, nanodollarsPerMillion: price).nanodollars * 1_000_000
            #expect(abs(one - price) <= 500_000)
        }
    }
}

/// A small seeded generator (Steele et al.), so that a failure can be repeated.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
