import Bytes
import Testing

struct SSEFramingTests {
    @Test func eventsAreReadAsTheStandardSays() throws {
        #expect(try events(of: [SSEFixture.bytes[...]]) == SSEFixture.events)
    }

    @Test func everySplitIntoTwoGivesTheSameEvents() throws {
        let bytes = SSEFixture.bytes
        for split in 0...bytes.count {
            #expect(try events(of: [bytes[..<split], bytes[split...]]) == SSEFixture.events, "split at \(split)")
        }
    }

    @Test func everySplitIntoThreeGivesTheSameEvents() throws {
        let bytes = SSEFixture.bytes
        for first in stride(from: 0, through: bytes.count, by: 3) {
            for second in first...bytes.count {
                let chunks = [bytes[..<first], bytes[first..<second], bytes[second...]]
                let read = try events(of: chunks)
                if read != SSEFixture.events { Issue.record("split at \(first) and \(second): \(read)") }
            }
        }
    }

    @Test func byteByByteGivesTheSameEvents() throws {
        let bytes = SSEFixture.bytes
        #expect(try events(of: bytes.indices.map { bytes[$0...$0] }) == SSEFixture.events)
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func randomStreamsSplitAnyhowGiveTheSameEvents(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "\n", "\r", "\r\n", "\n\n", "data", "data:", "data: x", "event: e", "event:", ":", ": c", "id: 1", " ", "é",
            "\u{FEFF}",
        ]
        for _ in 0..<40 {
            let count = Int.random(in: 0...40, using: &generator)
            let bytes = Array((0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined().utf8)
            let whole = try events(of: [bytes[...]])
            for _ in 0..<10 {
                var cuts = (0..<4).map { _ in Int.random(in: 0...bytes.count, using: &generator) }
                cuts = [0] + cuts.sorted() + [bytes.count]
                let chunks = zip(cuts, cuts.dropFirst()).map { bytes[$0..<$1] }
                #expect(try events(of: chunks) == whole, "\(text(bytes).debugDescription) \(cuts)")
            }
        }
    }

    @Test func anEventInOneChunkIsHandedOverInPlace() throws {
        let bytes = Array(": c\n\nevent: a\ndata: one\n\ndata: two\n\nda".utf8)
        var framer = SSEFramer(maximumEventBytes: 100)
        try bytes.withUnsafeBytes { chunk in
            let lent = try #require(chunk.baseAddress)
            try framer.feed(chunk) { event in
                let start = try #require(event.data.baseAddress)
                #expect(start >= lent && start + event.data.count <= lent + chunk.count)
            }
        }
        #expect(text(framer.heldBytes) == "da")
    }
}
