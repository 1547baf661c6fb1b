/// A sum of floating-point numbers without any rounding, so that neither order nor grouping changes it.
///
/// The sum is held as an expansion: numbers that do not overlap and whose exact sum it is (Shewchuk 1997, "Adaptive
/// precision floating-point arithmetic and fast robust geometric predicates"; the same idea as Python's `math.fsum`).
/// One to three components are usual. Two sums of the same numbers are equal, hash equally and have the same
/// ``components`` and ``value`` to the last bit, however they were added and merged.
///
/// The promise holds while no partial sum exceeds `Double.greatestFiniteMagnitude`, and for products while the factors
/// are zero or between 1e-140 and 1e140 in magnitude. Beyond, a sum may be rounded or infinite (see ``isFinite``).
package struct ExactSum: Sendable {
    /// Non-overlapping, from the smallest to the largest magnitude; zeros are left out.
    private var partials: [Double] = []

    /// Zero.
    package init() {}

    /// The sum of the given numbers, each of which has to be finite.
    package init(_ values: some Sequence<Double>) {
        for value in values { add(value) }
    }

    /// The exact sum as the shortest list of decreasing numbers: each is the rest, rounded. Unique for a sum, so it is
    /// what stores keep; add them again to get the sum back.
    package var components: [Double] {
        var rest = self
        var found: [Double] = []
        while !rest.partials.isEmpty {
            let head = rest.value
            guard head != 0, head.isFinite else { break }
            found.append(head)
            rest.add(-head)
        }
        return found
    }

    /// False after an overflow.
    package var isFinite: Bool { partials.allSatisfy(\.isFinite) }

    /// The sum, rounded once, to the nearest number, ties to even.
    package var value: Double {
        guard var high = partials.last else { return 0 }
        var low = 0.0
        var index = partials.count - 1
        while index > 0, low == 0 {
            index -= 1
            (high, low) = Self.twoSum(high, partials[index])
        }
        guard index > 0, low < 0 && partials[index - 1] < 0 || low > 0 && partials[index - 1] > 0 else { return high }
        // Half-way cases: what lies below `low` decides the direction (as in Python's math.fsum).
        let doubled = low * 2
        let moved = high + doubled
        return moved - high == doubled ? moved : high
    }

    /// Adds one finite number.
    package mutating func add(_ value: Double) {
        var carried = value
        var kept = 0
        for index in partials.indices {
            let (sum, error) = Self.twoSum(carried, partials[index])
            if error != 0 {
                partials[kept] = error
                kept += 1
            }
            carried = sum
        }
        partials.removeLast(partials.count - kept)
        if carried != 0 { partials.append(carried) }
    }

    /// Adds the product of two numbers, unrounded.
    package mutating func addProduct(_ a: Double, _ b: Double) {
        let product = a * b
        let error = (-product).addingProduct(a, b)
        if error != 0 { add(error) }
        add(product)
    }

    /// Adds another sum, unrounded.
    package mutating func merge(_ other: ExactSum) {
        for part in other.partials { add(part) }
    }

    /// The two together.
    package func merging(_ other: ExactSum) -> ExactSum {
        var sum = self
        sum.merge(other)
        return sum
    }

    /// The exact product of two sums.
    package func times(_ other: ExactSum) -> ExactSum {
        var product = ExactSum()
        for a in components {
            for b in other.components { product.addProduct(a, b) }
        }
        return product
    }

    /// The exact product with a number.
    package func times(_ factor: Double) -> ExactSum {
        var product = ExactSum()
        for part in components { product.addProduct(part, factor) }
        return product
    }

    /// This sum minus the other, unrounded.
    package func subtracting(_ other: ExactSum) -> ExactSum {
        var sum = self
        for part in other.partials { sum.add(-part) }
        return sum
    }

    /// Knuth's two-sum: `a + b` rounded, and what the rounding lost.
    private static func twoSum(_ a: Double, _ b: Double) -> (sum: Double, error: Double) {
        let sum = a + b
        let back = sum - a
        return (sum, (a - (sum - back)) + (b - back))
    }
}

extension ExactSum: Hashable {
    package static func == (left: ExactSum, right: ExactSum) -> Bool { left.components == right.components }

    package func hash(into hasher: inout Hasher) { hasher.combine(components) }
}
