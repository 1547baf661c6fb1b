/// How far the store has one segment.
struct SegmentCursor {
    let segment: JournalSegment
    /// Everything before this offset is stored.
    var position: UInt64
    /// True for the last segment of a lane of an earlier process: `kill -9` may have cut its last write short.
    var mayBeTorn = false
    var damage: [SegmentDamage] = []

    /// Every record is stored and none can follow.
    var isFinished: Bool {
        // In this order: once closed, the committed length is final.
        segment.isClosed && position >= segment.committed
    }
}
