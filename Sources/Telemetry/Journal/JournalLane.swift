import Glibc
package import Vocabulary

/// The journal of one event loop: encodes a record and hands it to the kernel before the answer's last byte leaves.
///
/// Confined to its loop. Segments of an earlier process are never appended to, and a file is made with the first
/// record, so that a start that serves nothing leaves nothing behind.
package final class JournalLane {
    private let folder: JournalFolder
    private let lane: Int
    private let backlog: JournalBacklog
    private let limits: JournalLimits
    private var buffer = EntryBuffer()
    private var segment: JournalSegment?
    private var nextSequence: UInt64
    private var isClosed = false

    /// A buffer that one large record left behind is given back above this size, in bytes.
    private static let keptBufferBytes = 256 << 10

    /// - Parameters:
    ///   - directory: The data folder; segments go to `journal/` in it, which is made if missing.
    ///   - lane: The loop's number; no two open lanes may share one.
    package init(
        directory: String, lane: Int, backlog: JournalBacklog, limits: JournalLimits = JournalLimits()
    ) throws(JournalError) {
        folder = JournalFolder(data: directory)
        self.lane = lane
        self.backlog = backlog
        self.limits = limits
        try folder.make()
        let last = try folder.segments().map(\.sequence).max() ?? 0
        // The clock keeps names apart from those of deleted files; the folder does where the clock was set back.
        nextSequence = max(last + 1, Self.unixMicroseconds())
    }

    deinit { close() }

    /// Writes one record to the journal and returns after the kernel has it.
    ///
    /// Blocks only for the copy into the page cache. Bodies beyond 24 MiB are cut and the record says so. After an
    /// error nothing of the record is in the journal, and the next record can be tried as usual.
    package func append(
        _ span: SpanRecord, requestBody: UnsafeRawBufferPointer, responseBody: UnsafeRawBufferPointer
    ) throws(JournalError) {
        guard !isClosed else { throw .closed }
        if max(requestBody.count, responseBody.count) > JournalFormat.maximumBodyBytes {
            return try appendCut(span, requestBody, responseBody)
        }
        RecordCoding.encode(span, request: requestBody, response: responseBody, into: &buffer)
        let payload = buffer.count - JournalFormat.frameBytes
        guard payload <= JournalFormat.maximumPayloadBytes else {
            buffer.shrink(to: Self.keptBufferBytes)
            throw .entryTooLarge(bytes: payload, limit: JournalFormat.maximumPayloadBytes)
        }
        let segment = try segment(with: UInt64(buffer.count))
        RecordCoding.seal(&buffer, salt: segment.salt)
        try segment.append(buffer.bytes)
        // Added before it is shown, so that the writer never takes off what was not yet put on.
        backlog.add(UInt64(buffer.count))
        segment.publish(buffer.count)
        backlog.signal.bytesArrived()
        buffer.shrink(to: Self.keptBufferBytes)
    }

    private func appendCut(
        _ span: SpanRecord, _ requestBody: UnsafeRawBufferPointer, _ responseBody: UnsafeRawBufferPointer
    ) throws(JournalError) {
        var cut = span
        cut.truncated = true
        let limit = JournalFormat.maximumBodyBytes
        try append(
            cut, requestBody: UnsafeRawBufferPointer(rebasing: requestBody.prefix(limit)),
            responseBody: UnsafeRawBufferPointer(rebasing: responseBody.prefix(limit)))
    }

    /// Ends the lane: its last segment can be deleted once it is stored. Later appends throw `closed`.
    package func close() {
        guard !isClosed else { return }
        isClosed = true
        segment?.close()
        segment = nil
        backlog.signal.bytesArrived()
    }

    /// The segment that takes an entry of that many bytes.
    private func segment(with bytes: UInt64) throws(JournalError) -> JournalSegment {
        if let segment {
            let used = segment.committed
            let isFresh = used == UInt64(JournalFormat.headerBytes)
            if isFresh || used + bytes <= limits.segmentBytes { return segment }
        }
        return try rotate()
    }

    private func rotate() throws(JournalError) -> JournalSegment {
        let name = SegmentName(lane: lane, sequence: nextSequence)
        nextSequence += 1
        let next = try JournalSegment.create(name, in: folder.path)
        backlog.register(next)
        segment?.close()
        segment = next
        return next
    }

    private static func unixMicroseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(max(0, time.tv_sec)) * 1_000_000 + UInt64(time.tv_nsec) / 1_000
    }
}
