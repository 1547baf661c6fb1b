/// A segment's file name, `<lane>-<20-digit sequence>.log`. A name is never used twice.
struct SegmentName: Hashable, Comparable {
    var lane: Int
    /// Rises within a lane; starts from the clock, so that lanes and restarts sort by time.
    var sequence: UInt64

    init(lane: Int, sequence: UInt64) {
        self.lane = lane
        self.sequence = sequence
    }

    /// Reads a file name; `nil` for files of another kind.
    init?(_ file: String) {
        guard file.hasSuffix(".log") else { return nil }
        let fields = file.dropLast(4).split(separator: "-", omittingEmptySubsequences: false)
        guard fields.count == 2, let lane = Int(fields[0]), lane >= 0, fields[1].utf8.count == 20,
            let sequence = UInt64(fields[1])
        else { return nil }
        self.init(lane: lane, sequence: sequence)
    }

    var file: String {
        let digits = String(sequence)
        return "\(lane)-\(String(repeating: "0", count: 20 - digits.utf8.count))\(digits).log"
    }

    /// By time first: what was written earlier is read earlier, whichever lane wrote it.
    static func < (a: SegmentName, b: SegmentName) -> Bool {
        (a.sequence, a.lane) < (b.sequence, b.lane)
    }
}
