/// HTTP status codes, single ones and ranges.
package struct StatusSet: Sendable, Hashable {
    /// In the order they were written.
    package var ranges: [ClosedRange<Int>]

    package init(_ ranges: [ClosedRange<Int>]) { self.ranges = ranges }

    /// The codes one by one.
    package init(codes: [Int]) { ranges = codes.map { $0...$0 } }

    /// Every code that is an error.
    package static let anyError = StatusSet([400...599])

    /// Whether `status` is one of them.
    package func contains(_ status: Int) -> Bool { ranges.contains { $0.contains(status) } }
}
