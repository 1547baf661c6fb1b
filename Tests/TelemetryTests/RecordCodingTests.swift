import Runtime
import Telemetry
import Testing
import Vocabulary

/// The journal's encoding of a record.
@Suite struct RecordCodingTests {
    @Test(arguments: 0..<200 as Range<UInt64>)
    func everyFieldComesBack(seed: UInt64) throws {
        var random = FastRandom(seed: seed)
        let span = SpanRecord.random(using: &random)
        let bodies = (bytes(&random), bytes(&random))
        let payload = RecordCoding.payload(span, requestBody: bodies.0, responseBody: bodies.1)
        try payload.withUnsafeBytes { payload in
            let record = try RecordCoding.decode(payload)
            #expect(record.span == span)
            #expect(Array(record.requestBody) == bodies.0)
            #expect(Array(record.responseBody) == bodies.1)
        }
    }

    @Test func anyTruncationIsAnError() {
        var random = FastRandom(seed: 7)
        let payload = RecordCoding.payload(.random(using: &random), requestBody: [1, 2, 3], responseBody: [4])
        for length in 0..<payload.count {
            #expect(failure(Array(payload.prefix(length))) != nil)
        }
    }

    /// Changed bytes give an error or another record; above all they give an end.
    @Test(arguments: 0..<100 as Range<UInt64>)
    func anyCorruptionEndsInAValueOrAnError(seed: UInt64) {
        var random = FastRandom(seed: seed)
        let original = RecordCoding.payload(.random(using: &random), requestBody: bytes(&random), responseBody: [])
        var outcomes = (values: 0, errors: 0)
        for _ in 0..<200 {
            var payload = original
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                payload[Int.random(in: 0..<payload.count, using: &random)] = UInt8(truncatingIfNeeded: random.next())
            }
            payload.withUnsafeBytes { bytes in
                if (try? RecordCoding.decode(bytes)) != nil { outcomes.values += 1 } else { outcomes.errors += 1 }
            }
        }
        #expect(outcomes.values + outcomes.errors == 200)
        #expect(outcomes.errors > 0)
    }

    @Test func aNewerVersionIsRefused() {
        var payload = RecordCoding.payload(span(1), requestBody: [], responseBody: [])
        payload[0] = 3
        #expect(failure(payload) == RecordDecodingError(reason: .unknownVersion, offset: 1))
    }

    @Test func aWildCountReservesNothing() {
        let wild = [1] + [UInt8](repeating: 0, count: 16) + [UInt8](repeating: 0xFF, count: 8) + [0x7F]
        #expect(failure(wild)?.reason == .tooShort)
    }

    private func failure(_ payload: [UInt8]) -> RecordDecodingError? {
        payload.withUnsafeBytes { bytes in
            do throws(RecordDecodingError) {
                _ = try RecordCoding.decode(bytes)
                return nil
            } catch {
                return error
            }
        }
    }

    private func bytes(_ random: inout FastRandom) -> [UInt8] {
        (0..<Int.random(in: 0...300, using: &random)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }
}
