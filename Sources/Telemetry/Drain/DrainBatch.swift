import Storage
import Vocabulary

/// What one transaction will store, while it is put together.
struct DrainBatch {
    /// How far the batch reaches in one segment, and what it passed over.
    struct Progress {
        var position: UInt64
        var damage: [SegmentDamage] = []
    }

    private let limits: JournalLimits
    private(set) var spans: [SpanRecord] = []
    private(set) var journalBytes = 0
    private var sink = ContentSink()
    /// By index of the cursor.
    var progress: [Int: Progress] = [:]

    init(limits: JournalLimits) { self.limits = limits }

    var isFull: Bool { spans.count >= limits.batchSpans || journalBytes >= limits.batchBytes }

    /// Adds the record of an entry; one that this version can't read is noted as damage.
    mutating func add(
        _ payload: UnsafeRawBufferPointer, of segment: JournalSegment, next: UInt64, _ progress: inout Progress
    ) {
        let bytes = next - progress.position
        do throws(RecordDecodingError) {
            add(try RecordCoding.decode(payload), bytes: Int(bytes))
        } catch {
            progress.damage.append(
                SegmentDamage(
                    segment: segment.name.file, offset: progress.position, bytes: bytes, reason: .record(error),
                    reachesEnd: false))
        }
        progress.position = next
    }

    /// Takes a record's bodies apart and adds it. What the caller has filled in already (previews) is kept.
    private mutating func add(_ record: JournaledRecord, bytes: Int) {
        var span = record.span
        let request = BodySplitter.request(record.requestBody, project: span.project, sink: &sink)
        let response = BodySplitter.response(record.responseBody, project: span.project, sink: &sink)
        if request.manifest.shell != nil { span.input = request.manifest }
        if response.manifest.shell != nil { span.output = response.manifest }
        if span.inputPreview.isEmpty { span.inputPreview = request.preview }
        if span.outputPreview.isEmpty { span.outputPreview = response.preview }
        span.truncated = span.truncated || request.isCut || response.isCut
        spans.append(span)
        journalBytes += bytes
    }

    /// The batch for the store, with positions by segment name.
    func events(positions: [String: UInt64]) -> EventBatch {
        EventBatch(spans: spans, contents: sink.pieces, journalPositions: positions)
    }
}
