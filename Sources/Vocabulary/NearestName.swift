/// Finds the name that somebody probably meant.
package enum NearestName {
    /// The candidate nearest to `name`, letter case and `-` against `_` aside; `nil` if none is near enough to be what
    /// was meant: more than a third of its letters (and more than two) would have to change.
    package static func find(_ name: String, in candidates: some Sequence<String>) -> String? {
        let wanted = normalized(name)
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let distance = distance(wanted, normalized(candidate))
            if distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        guard let best, best.distance <= max(2, wanted.count / 3), best.distance < wanted.count else { return nil }
        return best.name
    }

    /// `; did you mean "x"?`, or nothing where no name is near.
    package static func hint(_ name: String, in candidates: some Sequence<String>) -> String {
        find(name, in: candidates).map { "; did you mean \"\($0)\"?" } ?? ""
    }

    /// Optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours count one each.
    static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                let replaced = last[j] + (a[i] == b[j] ? 0 : 1)
                var cost = min(replaced, last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }

    /// Lower case with underscores, at most 100 bytes: a longer name is no misspelling, and the distance is quadratic.
    private static func normalized(_ name: String) -> [UInt8] {
        name.lowercased().utf8.prefix(100).map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }
    }
}
