/// Why a question has no answer, and what would give it one.
package enum StatisticsError: Error, Sendable, Hashable {
    /// Nothing to work on.
    case empty(what: String)
    /// Fewer values than the method needs.
    case tooFew(what: String, have: Int, need: Int)
    /// Two inputs that don't belong together; a full sentence.
    case mismatch(String)
    /// A parameter outside what it may be.
    case outOfRange(what: String, value: Double, allowed: String)
    /// A value that is infinite or no number, at this place counted from 0.
    case notFinite(what: String, index: Int)
    /// All values are equal where the method divides by their spread.
    case noVariation(what: String)
    /// An iteration that did not settle.
    case notConverged(what: String, iterations: Int)
    /// The data leave the answer undefined; a full sentence that says why and what to do.
    case undefined(String)
}

extension StatisticsError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty(let what): "There are no \(what). Give at least one."
        case .tooFew(let what, let have, let need): "\(have) \(what) are too few: at least \(need) are needed."
        case .mismatch(let sentence), .undefined(let sentence): sentence
        case .outOfRange(let what, let value, let allowed): "\(what) is \(value), but has to be \(allowed)."
        case .notFinite(let what, let index):
            "Number \(index + 1) of the \(what) is infinite or not a number. Leave it out or mend it."
        case .noVariation(let what):
            "All \(what) are equal, so there is no spread to measure by. Give values that differ."
        case .notConverged(let what, let iterations):
            "\(what) did not settle in \(iterations) rounds. Check the data for values far outside the rest."
        }
    }
}
