/// What replaying the journal found and stored.
package struct ReplayReport: Sendable, Equatable {
    /// Segments that are wholly stored now.
    package var segments = 0
    /// Records that were handed to the store.
    package var spans = 0
    /// Journal bytes read.
    package var bytes: UInt64 = 0
    /// Last writes that the end of the process or the power cut short: their answers were never completed.
    package var tornTails: [SegmentDamage] = []
    /// Damage that no ending explains: records may be missing. To be reported loudly.
    package var damage: [SegmentDamage] = []
    /// Paths of the files that were kept because of damage.
    package var setAside: [String] = []

    package init() {}
}

extension ReplayReport: CustomStringConvertible {
    package var description: String {
        var lines = ["Replayed \(spans) records (\(bytes) bytes) from \(segments) journal segments."]
        lines += tornTails.map { "Unfinished last write ignored: \($0)." }
        lines += damage.map { "DAMAGE: \($0)." }
        lines += setAside.map { "Kept for inspection, safe to delete: \($0)" }
        return lines.joined(separator: "\n")
    }
}
