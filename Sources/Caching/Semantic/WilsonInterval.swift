/// The range in which a rate lies with 95 % confidence, from how often it was seen.
///
/// E. B. Wilson's score interval (1927), which holds for few trials and for rates near 0 alike.
package struct WilsonInterval: Sendable, Equatable {
    package var lower: Double
    package var upper: Double

    /// - Parameters:
    ///   - hits: How often it happened, at most `trials`.
    ///   - trials: How often it was looked at; 0 gives the whole range.
    package init(hits: Int, trials: Int) {
        guard trials > 0 else {
            (lower, upper) = (0, 1)
            return
        }
        let z = 1.959_963_984_540_054
        let n = Double(trials)
        let p = Double(hits) / n
        let middle = p + z * z / (2 * n)
        let spread = z * ((p * (1 - p) + z * z / (4 * n)) / n).squareRoot()
        let scale = 1 + z * z / n
        lower = hits == 0 ? 0 : max(0, (middle - spread) / scale)
        upper = hits == trials ? 1 : min(1, (middle + spread) / scale)
    }
}
