/// An amount of money in whole nano-dollars (1e-9 USD). Never a float: sums are exact and associative.
///
/// The range is about +-9.2 billion dollars; arithmetic traps on overflow rather than wrapping.
package struct Money: Hashable, Sendable, Comparable, AdditiveArithmetic {
    package var nanodollars: Int64

    package init(nanodollars: Int64) { self.nanodollars = nanodollars }

    package static let zero = Money(nanodollars: 0)
    package static func + (a: Money, b: Money) -> Money { Money(nanodollars: a.nanodollars + b.nanodollars) }
    package static func - (a: Money, b: Money) -> Money { Money(nanodollars: a.nanodollars - b.nanodollars) }
    package static func < (a: Money, b: Money) -> Bool { a.nanodollars < b.nanodollars }
}

extension Money: CustomStringConvertible {
    /// Dollars with nine decimals, for example `$0.000012300`.
    package var description: String {
        let magnitude = nanodollars.magnitude
        let fraction = String(magnitude % 1_000_000_000)
        let padding = String(repeating: "0", count: 9 - fraction.count)
        return "\(nanodollars < 0 ? "-" : "")$\(magnitude / 1_000_000_000).\(padding)\(fraction)"
    }
}
