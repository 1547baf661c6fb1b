/// Finds the entries of segments, one after the other, through one reused buffer.
///
/// It never reads beyond the limit it is given, so an append in progress on another thread is never seen.
struct SegmentScanner: ~Copyable {
    /// One system call serves some hundred entries.
    private static let windowBytes = 1 << 20

    /// What lies at an offset.
    enum Step {
        /// A whole entry with the right checksum. The payload is valid until the next call.
        case entry(payload: UnsafeRawBufferPointer, next: UInt64)
        /// Bytes that are no entry, up to the next one or the limit.
        case damage(SegmentDamage, next: UInt64)
    }

    private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: windowBytes, alignment: 8)
    private var segment: SegmentName?
    private var window: Range<UInt64> = 0..<0

    init() {}

    deinit { buffer.deallocate() }

    /// Looks at `offset`, which is before `limit`.
    mutating func step(
        _ segment: JournalSegment, at offset: UInt64, limit: UInt64
    ) throws(JournalError) -> Step {
        if let payload = try entry(segment, at: offset, limit: limit) {
            return .entry(payload: payload, next: offset + UInt64(JournalFormat.frameBytes + payload.count))
        }
        let next = try resume(segment, after: offset, limit: limit)
        let damage = SegmentDamage(
            segment: segment.name.file, offset: offset, bytes: (next ?? limit) - offset, reason: .checksum,
            reachesEnd: next == nil)
        return .damage(damage, next: next ?? limit)
    }

    /// Gives back what one large entry left behind.
    mutating func shrink() {
        guard buffer.count > Self.windowBytes else { return }
        buffer.deallocate()
        buffer = .allocate(byteCount: Self.windowBytes, alignment: 8)
        window = 0..<0
    }

    /// The payload of the entry at `offset`; `nil` if there is none.
    private mutating func entry(
        _ segment: JournalSegment, at offset: UInt64, limit: UInt64
    ) throws(JournalError) -> UnsafeRawBufferPointer? {
        let frame = JournalFormat.frameBytes
        guard let head = try bytes(segment, at: offset, count: frame, limit: limit) else { return nil }
        let length = Int(JournalFormat.word(head, at: 0))
        let sum = JournalFormat.word(head, at: 4)
        guard length > 0, length <= JournalFormat.maximumPayloadBytes else { return nil }
        guard let whole = try bytes(segment, at: offset, count: frame + length, limit: limit) else { return nil }
        let payload = UnsafeRawBufferPointer(rebasing: whole[frame...])
        return JournalFormat.crc(seed: segment.salt, payload) == sum ? payload : nil
    }

    /// The first offset behind damage where a whole entry stands; `nil` if none follows.
    ///
    /// A length that was hit can't be trusted to lead on, so every offset is tried. Rare enough to read all at once.
    private mutating func resume(
        _ segment: JournalSegment, after offset: UInt64, limit: UInt64
    ) throws(JournalError) -> UInt64? {
        guard limit - offset > UInt64(JournalFormat.frameBytes) + 1 else { return nil }
        guard let all = try bytes(segment, at: offset, count: Int(limit - offset), limit: limit) else { return nil }
        for start in 1..<(all.count - JournalFormat.frameBytes) {
            let length = Int(JournalFormat.word(all, at: start))
            let body = start + JournalFormat.frameBytes
            guard length > 0, length <= all.count - body, all[body] <= RecordCoding.version else { continue }
            let payload = UnsafeRawBufferPointer(rebasing: all[body..<body + length])
            if JournalFormat.crc(seed: segment.salt, payload) == JournalFormat.word(all, at: start + 4) {
                return offset + UInt64(start)
            }
        }
        return nil
    }

    /// `count` bytes at `offset`, through the window; `nil` where the limit comes first.
    private mutating func bytes(
        _ segment: JournalSegment, at offset: UInt64, count: Int, limit: UInt64
    ) throws(JournalError) -> UnsafeRawBufferPointer? {
        guard UInt64(count) <= limit - offset else { return nil }
        let end = offset + UInt64(count)
        if self.segment != segment.name || offset < window.lowerBound || end > window.upperBound {
            try fill(segment, from: offset, atLeast: count, limit: limit)
            guard end <= window.upperBound else { return nil }
        }
        let start = Int(offset - window.lowerBound)
        return UnsafeRawBufferPointer(rebasing: buffer[start..<start + count])
    }

    private mutating func fill(
        _ segment: JournalSegment, from offset: UInt64, atLeast count: Int, limit: UInt64
    ) throws(JournalError) {
        window = 0..<0
        if count > buffer.count {
            buffer.deallocate()
            buffer = .allocate(byteCount: count, alignment: 8)
        }
        let wanted = Int(min(UInt64(buffer.count), limit - offset))
        let target = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
        let got = try FileCalls.read(segment.descriptor, into: target, at: offset, path: segment.path)
        self.segment = segment.name
        window = offset..<offset + UInt64(got)
    }
}
