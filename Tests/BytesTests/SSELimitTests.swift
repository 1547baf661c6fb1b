import Bytes
import Testing

struct SSELimitTests {
    private func isTooLarge(_ chunks: [ArraySlice<UInt8>], limit: Int) -> Bool {
        do {
            _ = try events(of: chunks, limit: limit)
            return false
        } catch {
            #expect(error as? SSEError == .eventTooLarge(limit: limit))
            return true
        }
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func theLimitHoldsWhereverTheStreamIsCut(lineEnd: String) {
        let event = "event: e" + lineEnd + "data: 0123456789" + lineEnd
        let bytes = Array(("data: a" + lineEnd + lineEnd + event + lineEnd + "data: b" + lineEnd + lineEnd).utf8)
        for split in 0...bytes.count {
            let chunks = [bytes[..<split], bytes[split...]]
            #expect(!isTooLarge(chunks, limit: event.utf8.count), "split at \(split)")
            #expect(isTooLarge(chunks, limit: event.utf8.count - 1), "split at \(split)")
        }
    }

    @Test func anEventWithoutEndIsRefusedBeforeItIsHeldWhole() throws {
        var framer = SSEFramer(maximumEventBytes: 1000)
        let chunk = [UInt8](repeating: 0x61, count: 100)
        var fed = 0
        #expect(throws: SSEError.eventTooLarge(limit: 1000)) {
            for _ in 0..<1000 {
                try chunk.withUnsafeBytes { try framer.feed($0) { _ in } }
                fed += chunk.count
            }
        }
        #expect(fed == 1000)
        #expect(framer.heldBytes.count <= 1000)
    }

    @Test func aStreamOfSmallEventsIsNeverTooLarge() {
        let bytes = Array(String(repeating: "data: 0123456789\n\n: comment\n", count: 1000).utf8)
        #expect(!isTooLarge([bytes[...]], limit: 20))
    }
}
