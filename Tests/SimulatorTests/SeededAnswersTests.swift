import Simulator
import Testing

@Suite struct SeededAnswersTests {
    private func answer(_ prompt: String, model: String = "m", extra: String = "", seed: UInt64 = 1) throws -> String {
        try Calling.chat(prompt, model: model, extra: extra, seed: seed).get("choices", 0, "message", "content")
    }

    @Test func equalRequestsHaveEqualAnswers() throws {
        #expect(try Calling.chat("hi").body == Calling.chat("hi").body)
    }

    @Test func seedModelAndPromptChangeTheAnswer() throws {
        let first = try answer("hi")
        #expect(first.utf8.count > 20)
        #expect(try answer("hi", seed: 2) != first)
        #expect(try answer("hi", model: "n") != first)
        #expect(try answer("ho") != first)
    }

    @Test func choicesDiffer() throws {
        let calling = try Calling.chat("hi", extra: #","n":3"#)
        let texts = try (0..<3).map { try calling.get("choices", $0, "message", "content") }
        #expect(Set(texts).count == 3)
        #expect(try calling.get("choices", 3) == "(missing)")
    }

    @Test(arguments: ["plain", "\"quoted\" \\ \n\t", "<b>é 漢字 🚂</b>", "", "a: b"])
    func echoIsExact(text: String) throws {
        #expect(try answer("echo: " + text) == text)
        #expect(
            try Calling.chat("echo: " + text, stream: true).fragments("choices", 0, "delta", "content").joined() == text
        )
    }

    @Test func loremHasSoManyWords() throws {
        #expect(try answer("lorem 37").split(separator: " ").count == 37)
    }

    @Test func streamAndWholeAgree() throws {
        let pieces = try Calling.chat("hi", stream: true).fragments("choices", 0, "delta", "content")
        #expect(pieces.count > 10)
        #expect(try pieces.joined() == Calling.chat("hi").get("choices", 0, "message", "content"))
    }

    @Test func maximumTokensCutsBetweenCharacters() throws {
        let calling = try Calling.chat("echo: ééééééééé", extra: #","max_tokens":2"#)
        #expect(try calling.get("choices", 0, "message", "content") == "éééé")
        #expect(try calling.get("choices", 0, "finish_reason") == "length")
        #expect(try calling.get("usage", "completion_tokens") == "2")
        let odd = try Calling.chat("echo: xéééééé", extra: #","max_completion_tokens":1"#)
        #expect(try odd.get("choices", 0, "message", "content") == "xé")
    }

    @Test func earliestStopSequenceWins() throws {
        let calling = try Calling.chat("echo: one two three", extra: #","stop":["three","two"]"#)
        #expect(try calling.get("choices", 0, "message", "content") == "one ")
        #expect(try calling.get("choices", 0, "finish_reason") == "stop")
    }

    @Test func longAnswersHaveBoundedStreams() throws {
        let calling = try Calling.chat("hi", stream: true, fault: "big=1m")
        let pieces = try calling.fragments("choices", 0, "delta", "content")
        #expect(pieces.reduce(0) { $0 + $1.utf8.count } == 1 << 20)
        #expect(pieces.count < 5000)
    }
}
