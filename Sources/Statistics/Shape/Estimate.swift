/// A value with its uncertainty and how both were made.
package struct Estimate: Sendable, Hashable {
    /// The point estimate, finite.
    package var value: Double
    /// In the value's units; `nil` where there is none, as with one case.
    package var standardError: Double?
    /// `nil` where there is none; `notes` then say why.
    package var interval: Interval?
    /// How interval (or value, where there is no interval) was made.
    package var method: Method
    /// Cases that count.
    package var n: Int
    /// Independent groups of cases; equal to `n` where cases are independent.
    package var clusters: Int
    /// Edge cases that a reader has to know.
    package var notes: [Note]

    /// - Parameter clusters: `nil` where every case is its own.
    package init(
        value: Double, standardError: Double? = nil, interval: Interval? = nil, method: Method, n: Int,
        clusters: Int? = nil, notes: [Note] = []
    ) {
        self.value = value
        self.standardError = standardError
        self.interval = interval
        self.method = method
        self.n = n
        self.clusters = clusters ?? n
        self.notes = notes
    }
}
