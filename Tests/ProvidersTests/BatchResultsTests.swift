import Providers
import Testing
import Vocabulary

@Suite struct BatchResultsTests {
    private static let openAI =
        #"{"id":"r1","custom_id":"a","response":{"status_code":200,"body":{"model":"gpt-4o-mini","usage":"#
        + #"{"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":4}}}},"error":null}"#
    private static let anthropic =
        #"{"custom_id":"b","result":{"type":"succeeded","message":{"model":"claude-x","usage":"#
        + #"{"input_tokens":3,"output_tokens":2}}}}"#

    /// Feeds the text in pieces of that many bytes.
    private func totals(_ text: String, piece: Int = 7, longestLine: Int = 1 << 20) -> BatchResults.Totals {
        var results = BatchResults(longestLine: longestLine)
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            bytes[start..<min(start + piece, bytes.count)].withUnsafeBytes { results.feed($0) }
        }
        return results.finish()
    }

    @Test(arguments: [1, 2, 7, 64, 10_000])
    func usageIsSummedByModelHoweverTheBytesAreCut(piece: Int) {
        let failed = #"{"custom_id":"c","response":{"status_code":429,"body":{}},"error":null}"#
        let found = totals([Self.openAI, failed, "", Self.openAI].joined(separator: "\n"), piece: piece)
        #expect(found.succeeded == 2 && found.failed == 1 && found.unread == 0)
        #expect(found.models.map(\.name) == ["gpt-4o-mini"])
        #expect(found.models[0].usage.uncachedInput == 12)
        #expect(found.models[0].usage.cacheRead == 8)
        #expect(found.models[0].usage.outputText == 10)
    }

    @Test func anthropicsResultsAreRead() {
        let expired = #"{"custom_id":"d","result":{"type":"expired"}}"#
        let found = totals(Self.anthropic + "\r\n" + expired + "\n")
        #expect(found.succeeded == 1 && found.failed == 1)
        #expect(found.models[0].usage.uncachedInput == 3 && found.models[0].usage.outputText == 2)
    }

    @Test(arguments: [#"{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{}}"#, "%PDF-1.7", "[]"])
    func anotherFileIsNoBatch(first: String) {
        let found = totals(first + "\n" + Self.openAI + "\n")
        #expect(!found.isOfBatch && found.models.isEmpty)
    }

    @Test func linesBeyondTheBoundAreCountedAndNotKept() {
        let long = #"{"custom_id":"x","response":""# + String(repeating: "y", count: 5_000) + "\"}"
        let found = totals([Self.openAI, long, Self.openAI, "nonsense"].joined(separator: "\n"), longestLine: 1_000)
        #expect(found.succeeded == 2 && found.unread == 2)
    }

    @Test func pathsOfResultsAreKnown() {
        #expect(BatchResults.isServed(at: "/v1/files/file-1/content"))
        #expect(BatchResults.isServed(at: "/v1/messages/batches/msgbatch_1/results"))
        #expect(!BatchResults.isServed(at: "/v1/files/file-1"))
        #expect(!BatchResults.isServed(at: "/v1/batches/b1"))
        #expect(!BatchResults.isServed(at: ""))
    }
}
