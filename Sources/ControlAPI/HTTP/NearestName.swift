/// The known name that is most likely meant; `nil` if none is near enough to be a slip of the finger.
///
/// Near means at most a third of the characters (and at least two edits) away, after Levenshtein.
func nearestName(to name: String, among known: [String]) -> String? {
    let wanted = Array(name.lowercased().utf8.prefix(60))
    let ranked = known.map { (name: $0, distance: editDistance(wanted, Array($0.utf8))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(2, wanted.count / 3) && best.distance < wanted.count ? best.name : nil
}

/// Insertions, deletions and replacements that turn `a` into `b` (V. Levenshtein, 1965).
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, y) in b.enumerated() {
            let replaced = diagonal + (x == y ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
        }
    }
    return row[b.count]
}
