/// How many of a number of cases succeeded. Integers, so merging is exact.
package struct ProportionCount: Sendable, Hashable {
    package let successes: Int
    package let n: Int

    /// Throws where successes are not in 0...n.
    package init(successes: Int, of n: Int) throws(StatisticsError) {
        guard n >= 0 else { throw .outOfRange(what: "The number of cases", value: Double(n), allowed: "0 or more") }
        guard (0...n).contains(successes) else {
            throw .outOfRange(what: "The number of successes", value: Double(successes), allowed: "0 to \(n)")
        }
        self.init(unchecked: successes, n)
    }

    /// Counts the true ones.
    package init(_ outcomes: some Sequence<Bool>) {
        var successes = 0
        var n = 0
        for outcome in outcomes {
            n += 1
            if outcome { successes += 1 }
        }
        self.init(unchecked: successes, n)
    }

    private init(unchecked successes: Int, _ n: Int) {
        self.successes = successes
        self.n = n
    }

    package var failures: Int { n - successes }
    /// 0...1; `nil` while empty.
    package var proportion: Double? { n > 0 ? Double(successes) / Double(n) : nil }

    /// Both samples as one.
    package func merging(_ other: ProportionCount) -> ProportionCount {
        ProportionCount(unchecked: successes + other.successes, n + other.n)
    }
}
