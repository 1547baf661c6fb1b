import Bytes
import Testing

/// What a proxy relies on that sends on whole events only.
struct SSEForwardingTests {
    @Test func eventsEndJustPastTheirBlankLine() throws {
        var framer = SSEFramer(maximumEventBytes: 100)
        var ends: [Int] = []
        for chunk in ["data: 1\n\nda", "ta: 2\r\n\r\ndata: 3\r\r", "data: 4\n", "\n"] {
            try Array(chunk.utf8).withUnsafeBytes { try framer.feed($0) { ends.append($0.endsAt) } }
        }
        #expect(ends == [9, 9, 18, 1])
    }

    @Test func commentsAreSentOnAtOnceAndPartialEventsAreHeld() throws {
        var framer = SSEFramer(maximumEventBytes: 100)
        func consumed(_ chunk: String) throws -> Int {
            try Array(chunk.utf8).withUnsafeBytes { try framer.feed($0) { _ in } }
            return framer.consumedInChunk
        }
        #expect(try consumed(": ping\n") == 7)
        #expect(try consumed("\n: pi") == 1)
        #expect(try consumed("ng\n") == 3)
        #expect(try consumed("data: 1\n: in the middle\n") == 0)
        #expect(text(framer.heldBytes) == "data: 1\n: in the middle\n")
        #expect(try consumed("\ndata: 2\r") == 1)
        #expect(try consumed("\n") == 0)
        #expect(try consumed("\r") == 1)
        #expect(try consumed("\n") == 1)
        #expect(framer.heldBytes.isEmpty)
    }

    /// However the stream is cut, what is sent on plus what is held is the stream, and each part sent on reads alone.
    @Test func sentOnAndHeldAreTogetherTheStream() throws {
        let bytes = SSEFixture.bytes
        for size in 1...40 {
            var framer = SSEFramer(maximumEventBytes: 1000)
            var (sent, kept, read): ([UInt8], [UInt8], [ReadEvent]) = ([], [], [])
            for start in stride(from: 0, to: bytes.count, by: size) {
                let chunk = Array(bytes[start..<min(start + size, bytes.count)])
                try chunk.withUnsafeBytes { try framer.feed($0) { read.append(ReadEvent($0)) } }
                if framer.consumedInChunk > 0 {
                    sent += kept + chunk[..<framer.consumedInChunk]
                    kept = Array(chunk[framer.consumedInChunk...])
                } else {
                    kept += chunk
                }
                #expect(kept == framer.heldBytes)
                #expect(try events(of: [sent[...]]) == read)
            }
            #expect(sent + kept == bytes)
        }
    }

    @Test func anIncompleteEventAtTheEndIsTold() throws {
        func left(_ stream: String) throws -> Bool {
            var framer = SSEFramer(maximumEventBytes: 100)
            try Array(stream.utf8).withUnsafeBytes { try framer.feed($0) { _ in } }
            return framer.finish()
        }
        #expect(try !left(""))
        #expect(try !left("data: 1\n\n"))
        #expect(try !left("data: 1\r\r"))
        #expect(try !left(": c\n"))
        #expect(try left("data: 1\n"))
        #expect(try left("data: 1\n\nd"))
        #expect(try left("event: x\n"))
    }

    @Test func aLastEventWithoutItsBlankLineCanBeRead() throws {
        for (stream, expected) in [
            ("data: 1\ndata: 2", "1\n2"), ("data: 1\r", "1"), ("data: [DONE]", "[DONE]"), ("event: e\n", nil),
        ] {
            var framer = SSEFramer(maximumEventBytes: 100)
            var data: String?
            try Array(stream.utf8).withUnsafeBytes { try framer.feed($0) { _ in } }
            let wasLeft = framer.finish { data = text(Array($0.data)) }
            #expect(wasLeft)
            #expect(data == expected)
            #expect(framer.heldBytes.isEmpty)
        }
    }
}
