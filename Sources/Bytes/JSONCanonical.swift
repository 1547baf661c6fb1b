/// One spelling for JSON values that mean the same, so that equal content has an equal hash.
///
/// Members are sorted by the UTF-8 of their names (of repeated names the last counts), there is no white space, strings
/// have as few escapes as possible, numbers stay as they are written. Members that are `null` or `[]` are dropped,
/// because clients differ in whether they send such defaults; elements of arrays never are. Applying it twice changes
/// nothing.
package enum JSONCanonical {
    /// Appends the canonical text of `view`.
    ///
    /// - Parameter keepingEmpty: Members that are `null` or `[]` stay: for readers to whom they may mean something.
    package static func append(_ view: JSONView, keepingEmpty: Bool = false, to output: inout [UInt8]) {
        guard let base = view.text.baseAddress else { return }
        var canonicalizer = JSONCanonicalizer(base: base, end: view.range.upperBound)
        canonicalizer.keepsEmpty = keepingEmpty
        // Lent, not copied: the canonicalizer's is the only reference while it writes.
        swap(&canonicalizer.output, &output)
        canonicalizer.appendValue(view.range.lowerBound, depth: 0)
        swap(&canonicalizer.output, &output)
    }

    /// The canonical text of `view`.
    package static func bytes(_ view: JSONView) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(view.range.count)
        append(view, to: &output)
        return output
    }
}
