import Foundation
import Runtime
import Telemetry
import Testing
import Vocabulary

/// Journals that an older version left behind.
@Suite struct OlderJournalTests {
    /// The bytes were written by the version that knew no routing, cache or budgets on a record.
    @Test(arguments: [0, 1, 2])
    func aRecordOfTheFirstVersionIsReadWhole(number: Int) throws {
        let record = try Self.decode(try Self.recorded(number))
        #expect(record.span.project == "p1")
        #expect(record.request == Array(#"{"a":1}"#.utf8))
        #expect(record.response == Array("{}".utf8))
        #expect(record.span.timing.startedAt > 1_790_000_000_000_000)
        #expect(record.span.endpoint.hasPrefix("/"))
        #expect(record.span.charges.isEmpty && record.span.decision.isEmpty && record.span.parameterChanges.isEmpty)
        #expect(record.span.route == nil && record.span.cache == nil && record.span.team == nil)
    }

    /// What is read from old bytes and written again by this version loses nothing.
    @Test(arguments: [0, 1, 2])
    func anOldRecordSurvivesBeingWrittenAnew(number: Int) throws {
        let old = try Self.decode(try Self.recorded(number))
        let again = RecordCoding.payload(old.span, requestBody: old.request, responseBody: old.response)
        #expect(try Self.decode(again).span == old.span)
        #expect(again.first == 2)
    }

    @Test func aCutOldRecordIsAnError() throws {
        let payload = try Self.recorded(0)
        for length in 0..<payload.count {
            #expect(throws: RecordDecodingError.self) { try Self.decode(Array(payload.prefix(length))) }
        }
    }

    private static func decode(
        _ payload: [UInt8]
    ) throws -> (span: SpanRecord, request: [UInt8], response: [UInt8]) {
        try payload.withUnsafeBytes { bytes in
            let record = try RecordCoding.decode(bytes)
            return (record.span, Array(record.requestBody), Array(record.responseBody))
        }
    }

    private static func recorded(_ number: Int) throws -> [UInt8] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        return [UInt8](try Data(contentsOf: folder.appendingPathComponent("Fixtures/record-v1-\(number).bin")))
    }
}
