/// Adjusted p-values for several questions asked of the same data. Compare them with 1 - level as usual.
package enum MultipleTests {
    /// Holm's step-down procedure (Holm 1979): at most 1 - level is the chance of even one false alarm, whatever the
    /// tests have to do with each other. For gates.
    ///
    /// In the order given; equal p-values get equal ones. Empty: empty. Throws for a p-value outside 0...1.
    package static func holm(_ pValues: [Double]) throws(StatisticsError) -> [Double] {
        let order = try ascending(pValues)
        var adjusted = pValues
        var highest = 0.0
        for (rank, place) in order.enumerated() {
            highest = max(highest, min(1, Double(pValues.count - rank) * pValues[place]))
            adjusted[place] = highest
        }
        return adjusted
    }

    /// The step-up procedure of Benjamini and Hochberg (1995): of what is called a find, at most 1 - level is false on
    /// average, for tests that are independent or positively dependent. For exploration.
    ///
    /// In the order given. Empty: empty. Throws for a p-value outside 0...1.
    package static func benjaminiHochberg(_ pValues: [Double]) throws(StatisticsError) -> [Double] {
        let order = try ascending(pValues)
        var adjusted = pValues
        var lowest = 1.0
        for (rank, place) in order.enumerated().reversed() {
            lowest = min(lowest, Double(pValues.count) * pValues[place] / Double(rank + 1))
            adjusted[place] = lowest
        }
        return adjusted
    }

    private static func ascending(_ pValues: [Double]) throws(StatisticsError) -> [Int] {
        for value in pValues where !(0...1).contains(value) {
            throw .outOfRange(what: "A p-value", value: value, allowed: "0 to 1")
        }
        return pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    }
}
