import Bytes
import Testing

/// A message as it was handed over, copied.
private struct Received: Equatable {
    var kind: AmazonEventStreamMessage.Kind
    var name: String
    var data: String
}

private func read(_ bytes: [UInt8], cutEvery size: Int, limit: Int = 4096) throws -> (messages: [Received], rest: Bool) {
    var framer = AmazonEventStreamFramer(maximumMessageBytes: limit)
    var messages: [Received] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
        try bytes[start..<min(bytes.count, start + size)].withUnsafeBytes { chunk in
            try framer.feed(chunk) { message in
                #expect((0...chunk.count).contains(message.endsAt))
                messages.append(
                    Received(
                        kind: message.kind, name: String(decoding: message.name, as: UTF8.self),
                        data: String(decoding: message.data, as: UTF8.self)))
            }
        }
    }
    let rest = framer.finish()
    return (messages, rest)
}

private func sampleStream() -> [UInt8] {
    var bytes: [UInt8] = []
    AmazonEventStreamWriter.appendEvent("messageStart", json: Array(#"{"role":"assistant"}"#.utf8), to: &bytes)
    AmazonEventStreamWriter.appendEvent("contentBlockDelta", json: Array(#"{"delta":{"text":"Grüße"}}"#.utf8), to: &bytes)
    AmazonEventStreamWriter.append(headers: [], payload: [], to: &bytes)
    AmazonEventStreamWriter.appendException(
        "throttlingException", json: Array(#"{"message":"slow down"}"#.utf8), to: &bytes)
    return bytes
}

@Suite struct AmazonEventStreamTests {
    /// Messages of Amazon's published test vectors: empty, payload alone, one string header.
    @Test func publishedMessagesAreWrittenAsPublished() throws {
        var empty: [UInt8] = []
        AmazonEventStreamWriter.append(headers: [], payload: [], to: &empty)
        #expect(Hex.encode(empty) == "000000100000000005c248eb7d98c8ff")
        var plain: [UInt8] = []
        AmazonEventStreamWriter.append(headers: [], payload: Array("{'foo':'bar'}".utf8), to: &plain)
        #expect(Hex.encode(plain) == "0000001d00000000fd528c5a7b27666f6f273a27626172277dc3653936")
        var header: [UInt8] = []
        AmazonEventStreamWriter.append(
            headers: [("content-type", "application/json")], payload: Array("{'foo':'bar'}".utf8), to: &header)
        #expect(
            Hex.encode(header) == "0000003d0000002007fd83960c636f6e74656e742d747970650700106170706c69636174696f6e2f"
                + "6a736f6e7b27666f6f273a27626172277d8d9c08b1")
    }

    @Test func aStreamReadsTheSameHoweverItIsCut() throws {
        let expected = [
            Received(kind: .event, name: "messageStart", data: #"{"role":"assistant"}"#),
            Received(kind: .event, name: "contentBlockDelta", data: #"{"delta":{"text":"Grüße"}}"#),
            Received(kind: .event, name: "", data: ""),
            Received(kind: .exception, name: "throttlingException", data: #"{"message":"slow down"}"#),
        ]
        let bytes = sampleStream()
        for size in 1...bytes.count {
            let result = try read(bytes, cutEvery: size)
            #expect(result.messages == expected, "cut every \(size) bytes")
            #expect(!result.rest)
        }
    }

    @Test func whatIsConsumedAndHeldIsTheWholeChunk() throws {
        let bytes = sampleStream()
        for split in 0...bytes.count {
            var framer = AmazonEventStreamFramer(maximumMessageBytes: 4096)
            var forwarded = 0
            for piece in [bytes[..<split], bytes[split...]] {
                let before = framer.heldBytes.count
                try piece.withUnsafeBytes { try framer.feed($0) { _ in } }
                if framer.consumedInChunk > 0 { forwarded += before + framer.consumedInChunk }
                #expect(forwarded + framer.heldBytes.count == (piece.endIndex == split && split < bytes.count ? split : bytes.count))
            }
        }
    }

    /// Headers of every type, as the specification numbers them; only the strings are looked at.
    @Test func headersOfOtherTypesAreSteppedOver() throws {
        var block: [UInt8] = []
        let values: [(type: UInt8, bytes: [UInt8])] = [
            (0, []), (1, []), (2, [1]), (3, [1, 2]), (4, [1, 2, 3, 4]), (5, Array(repeating: 1, count: 8)),
            (6, [0, 3, 9, 9, 9]), (8, Array(repeating: 2, count: 8)), (9, Array(repeating: 3, count: 16)),
        ]
        for value in values { block += [1, 0x61, value.type] + value.bytes }
        let name = Array(":event-type".utf8)
        block += [UInt8(name.count)] + name + [7, 0, 4] + Array("last".utf8)
        #expect(try read(message(headers: block), cutEvery: 5).messages.map(\.name) == ["last"])
    }

    @Test(arguments: [0, 4, 8, 15, 40])
    func aChangedByteIsNoticed(at position: Int) throws {
        var bytes = sampleStream()
        bytes[position] ^= 1
        #expect(throws: AmazonEventStreamError.self) { try read(bytes, cutEvery: 7) }
    }

    @Test func aMessageThatIsTooLongIsRefusedBeforeItIsHeld() throws {
        var bytes: [UInt8] = []
        AmazonEventStreamWriter.append(headers: [], payload: [UInt8](repeating: 0x20, count: 85), to: &bytes)
        #expect(bytes.count == 101)
        #expect(try read(bytes, cutEvery: 3, limit: 101).messages.count == 1)
        #expect(throws: AmazonEventStreamError.messageTooLarge(limit: 100)) {
            try read(Array(bytes.prefix(12)), cutEvery: 3, limit: 100)
        }
    }

    @Test func lengthsThatContradictEachOtherAreRefused() throws {
        #expect(throws: AmazonEventStreamError.malformed) { try read(prelude(length: 15, headers: 0), cutEvery: 4) }
        #expect(throws: AmazonEventStreamError.malformed) { try read(prelude(length: 16, headers: 1), cutEvery: 4) }
        #expect(throws: AmazonEventStreamError.malformed) { try read(message(headers: [5, 0x61]), cutEvery: 4) }
        #expect(throws: AmazonEventStreamError.malformed) { try read(message(headers: [1, 0x61, 10]), cutEvery: 4) }
    }

    @Test func anUnfinishedMessageIsReported() throws {
        let bytes = sampleStream()
        #expect(try read(Array(bytes.dropLast()), cutEvery: 11).rest)
    }

    @Test func randomBytesNeverTrap() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            var bytes = sampleStream()
            for _ in 0..<3 { bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator) }
            _ = try? read(bytes, cutEvery: Int.random(in: 1...40, using: &generator))
        }
    }

    private func prelude(length: UInt32, headers: UInt32) -> [UInt8] {
        let words = [length, headers].flatMap { word in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word &>> UInt32($0)) }
        }
        return words + checksum(words)
    }

    private func message(headers: [UInt8]) -> [UInt8] {
        let start = prelude(length: UInt32(16 + headers.count), headers: UInt32(headers.count)) + headers
        return start + checksum(start)
    }

    private func checksum(_ bytes: [UInt8]) -> [UInt8] {
        let sum = bytes.withUnsafeBytes { CRC32.checksum($0) }
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum &>> UInt32($0)) }
    }
}
