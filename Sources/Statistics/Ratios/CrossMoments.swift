/// Sums, squares and all cross products of several quantities of the same unit: what regression adjustment needs.
///
/// Additive and exact as ``Moments``.
package struct CrossMoments: Sendable, Hashable {
    /// Quantities for each unit.
    package let width: Int
    package private(set) var count: Int
    private var sums: [ExactSum]
    /// The lower triangle, row by row.
    private var products: [ExactSum]

    /// No units; `width` quantities (at least 1) each.
    package init(width: Int) {
        self.width = max(1, width)
        count = 0
        sums = [ExactSum](repeating: ExactSum(), count: self.width)
        products = [ExactSum](repeating: ExactSum(), count: self.width * (self.width + 1) / 2)
    }

    /// Throws where rows differ in length or a value is not finite.
    package init(_ rows: [[Double]]) throws(StatisticsError) {
        guard let first = rows.first else { throw .empty(what: "units") }
        self.init(width: first.count)
        for (index, row) in rows.enumerated() {
            guard row.count == width else {
                throw .mismatch("Unit \(index + 1) has \(row.count) quantities where the first has \(width).")
            }
            guard row.allSatisfy(\.isFinite) else { throw .notFinite(what: "units", index: index) }
            add(row)
        }
    }

    /// Adds a unit of `width` finite values; values beyond the width are left out.
    package mutating func add(_ values: [Double]) {
        count += 1
        var place = 0
        for i in 0..<min(width, values.count) {
            sums[i].add(values[i])
            for j in 0...i {
                products[place + j].addProduct(values[i], values[j])
            }
            place += i + 1
        }
    }

    /// Both samples as one. Throws where they hold different numbers of quantities.
    package func merging(_ other: CrossMoments) throws(StatisticsError) -> CrossMoments {
        guard other.width == width else {
            throw .mismatch("Moments of \(width) and of \(other.width) quantities can't be merged.")
        }
        var all = self
        all.count += other.count
        for index in sums.indices { all.sums[index].merge(other.sums[index]) }
        for index in products.indices { all.products[index].merge(other.products[index]) }
        return all
    }

    /// The means; zeros while empty.
    package var means: [Double] { sums.map { count > 0 ? $0.value / Double(count) : 0 } }

    /// With n - 1; zero below two units.
    package func covariance(_ i: Int, _ j: Int) -> Double {
        guard count > 1 else { return 0 }
        let (row, column) = (max(i, j), min(i, j))
        let product = products[row * (row + 1) / 2 + column]
        let numerator = product.times(Double(count)).subtracting(sums[i].times(sums[j]))
        return numerator.value / Double(count) / Double(count - 1)
    }
}
