/// Checks of parameters that many methods share.
enum Check {
    /// Throws unless `level` is strictly between 0 and 1.
    static func level(_ level: Double) throws(StatisticsError) {
        guard level > 0, level < 1 else {
            throw .outOfRange(what: "The level", value: level, allowed: "between 0 and 1, such as 0.95")
        }
    }

    /// Throws unless `value` is finite and more than 0.
    static func positive(_ value: Double, _ what: String) throws(StatisticsError) {
        guard value > 0, value.isFinite else { throw .outOfRange(what: what, value: value, allowed: "more than 0") }
    }

    /// Throws unless `value` is finite and not negative.
    static func notNegative(_ value: Double, _ what: String) throws(StatisticsError) {
        guard value >= 0, value.isFinite else { throw .outOfRange(what: what, value: value, allowed: "0 or more") }
    }

    /// The largest magnitude whose squares still have an exact sum; see ``ExactSum``.
    static let largest = 1e140

    /// Throws for a value that is infinite, no number, or too large to be squared.
    static func usable(_ value: Double, _ what: String, at index: Int) throws(StatisticsError) {
        guard value.isFinite else { throw .notFinite(what: what, index: index) }
        guard value.magnitude <= largest else {
            throw .outOfRange(what: "Number \(index + 1) of the \(what)", value: value, allowed: "within ±1e140")
        }
    }

    /// Throws for the first value that is infinite or no number.
    static func finite(_ values: [Double], _ what: String) throws(StatisticsError) {
        guard let index = values.firstIndex(where: { !$0.isFinite }) else { return }
        throw .notFinite(what: what, index: index)
    }
}
