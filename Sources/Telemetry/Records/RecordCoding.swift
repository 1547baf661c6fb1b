package import Vocabulary

/// One journal entry's payload: a version byte, the span, and both bodies as they were.
///
/// Version 1 ended its span after `truncated`; version 2 goes on with what routing, cache and budgets did. Both are
/// read, so that a journal left by an older version still replays.
package enum RecordCoding {
    static let version: UInt8 = 2
    static let oldestVersion: UInt8 = 1

    /// Puts a framed entry into the buffer, checksum still open.
    static func encode(
        _ span: borrowing SpanRecord, request: UnsafeRawBufferPointer, response: UnsafeRawBufferPointer,
        into buffer: inout EntryBuffer
    ) {
        buffer.removeAll()
        buffer.word64(0)  // length and checksum
        buffer.byte(version)
        buffer.span(span)
        buffer.bytes(request)
        buffer.bytes(response)
        buffer.setWord32(UInt32(truncatingIfNeeded: buffer.count - JournalFormat.frameBytes), at: 0)
    }

    /// Sets the checksum of the entry in the buffer, for a segment with that salt.
    static func seal(_ buffer: inout EntryBuffer, salt: UInt32) {
        let payload = UnsafeRawBufferPointer(rebasing: buffer.bytes[JournalFormat.frameBytes...])
        buffer.setWord32(JournalFormat.crc(seed: salt, payload), at: 4)
    }

    /// The payload of an entry as an array: what a journal would hold for this record.
    package static func payload(_ span: SpanRecord, requestBody: [UInt8], responseBody: [UInt8]) -> [UInt8] {
        var buffer = EntryBuffer()
        requestBody.withUnsafeBytes { request in
            responseBody.withUnsafeBytes { response in
                encode(span, request: request, response: response, into: &buffer)
            }
        }
        return Array(buffer.bytes[JournalFormat.frameBytes...])
    }

    /// Takes a payload apart. Total: damaged bytes give an error, never a trap. The bodies are valid as long as
    /// `payload`.
    package static func decode(_ payload: UnsafeRawBufferPointer) throws(RecordDecodingError) -> JournaledRecord {
        var reader = ByteReader(payload)
        let written = try reader.byte()
        guard (oldestVersion...version).contains(written) else { throw reader.failure(.unknownVersion) }
        let record = JournaledRecord(
            span: try reader.span(version: written), requestBody: try reader.slice(), responseBody: try reader.slice())
        guard reader.remaining == 0 else { throw reader.failure(.trailingBytes) }
        return record
    }
}

/// A record as it stands in the journal; the bodies point into the entry.
package struct JournaledRecord {
    package var span: SpanRecord
    package var requestBody: UnsafeRawBufferPointer
    package var responseBody: UnsafeRawBufferPointer
}
