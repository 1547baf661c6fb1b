import Simulator
import Testing

@Suite struct FaultsTests {
    private func steps(_ fault: String, stream: Bool = true) throws -> [AnswerPlan.Step] {
        try Calling.chat("echo: one two three four", stream: stream, fault: fault).plan.steps
    }

    private func bytes(_ steps: [AnswerPlan.Step]) -> [UInt8] {
        steps.flatMap { step -> [UInt8] in
            if case .bytes(let bytes) = step { bytes } else { [] }
        }
    }

    @Test func delaysAreWaits() throws {
        let steps = try steps("first-byte-delay=200ms; chunk-delay=1500us; first-event-delay=2s")
        let waits = steps.compactMap { step -> Int? in
            if case .wait(let microseconds) = step { microseconds } else { nil }
        }
        #expect(steps.first == .wait(200_000))
        #expect(waits.dropFirst().first == 2_000_000)
        #expect(Set(waits.dropFirst(2)) == [1500])
        #expect(steps.last == .end)
    }

    @Test(arguments: [("reset", AnswerPlan.Step.reset), ("truncate", .close), ("hang", .hang)])
    func anAnswerCanEndAtEachPosition(name: String, last: AnswerPlan.Step) throws {
        let before = try steps("\(name)=before-first-byte")
        #expect(before.last == last)
        #expect(bytes(before).isEmpty && !before.contains(.head(length: nil)))
        let first = try steps("\(name)=after-first-byte")
        #expect(first.last == last && bytes(first).count == 1)
        let third = try Calling.chat("echo: a b c d", stream: true, fault: "\(name)=after-3-chunks")
        #expect(try third.plan.steps.last == last && third.events().count == 3)
        #expect(try steps("\(name)=after-99-chunks").last == last)
        #expect(try steps("\(name)=halfway", stream: false).last == last)
        for steps in [before, first, third.plan.steps] { #expect(!steps.contains(.end)) }
    }

    @Test func splitWritesSmallPieces() throws {
        let plain = try bytes(steps(""))
        for size in [1, 7] {
            let steps = try steps("split=\(size)")
            #expect(bytes(steps) == plain)
            for case .bytes(let piece) in steps { #expect(piece.count <= size) }
            #expect(steps.count { $0 == .flush } >= plain.count / size)
        }
    }

    @Test(arguments: ["crlf", "cr", "comments", "crlf;comments;split=3"])
    func framingDoesNotChangeTheEvents(fault: String) throws {
        let plain = try Calling.chat("echo: a b c", stream: true)
        let framed = try Calling.chat("echo: a b c", stream: true, fault: fault)
        #expect(framed.body != plain.body)
        #expect(try framed.events().map(\.data) == plain.events().map(\.data))
    }

    @Test func endlessRepeatsTheLastContent() throws {
        let steps = try steps("endless")
        guard case .jump(let target)? = steps.last else {
            Issue.record("An endless plan must end in a jump, not in \(String(describing: steps.last)).")
            return
        }
        #expect(String(decoding: bytes([steps[target]]), as: UTF8.self).contains(#""content":" four""#))
        #expect(steps.contains(.wait(10_000)))
    }

    @Test func noDoneLeavesTheLastEventOut() throws {
        #expect(try Calling.chat("hi", stream: true).text.hasSuffix("data: [DONE]\n\n"))
        let cut = try Calling.chat("hi", stream: true, fault: "no-done")
        #expect(!cut.text.contains("[DONE]"))
        #expect(cut.plan.steps.last == .end)
    }

    @Test func malformedAnswersAreWellFramed() throws {
        let whole = try Calling.chat("hi", fault: "malformed-json")
        #expect(whole.plan.steps.first == .head(length: whole.body.count))
        #expect(throws: (any Error).self) { try whole.get("id") }
        let stream = try Calling.chat("hi", stream: true, fault: "malformed-event=2").events()
        #expect(!stream[1].data.hasSuffix("}") && stream[0].data.hasSuffix("}") && stream[2].data.hasSuffix("}"))
    }

    @Test func anErrorEventBreaksTheStream() throws {
        let openAI = try Calling.chat("hi", stream: true, fault: "error-event=after-2-chunks").events()
        #expect(openAI.count == 3 && openAI[2].data.hasPrefix(#"{"error":{"#))
        let body = #"{"model":"c","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"hi"}]}"#
        let anthropic = try Calling("/v1/messages", body, fault: "error-event").events()
        #expect(anthropic.last?.name == "error")
    }

    @Test func statusesSpeakTheDialect() throws {
        let limited = try Calling.chat("hi", fault: "status=429; retry-after=2")
        #expect(limited.plan.status == 429)
        #expect(limited.plan.headers.contains { $0 == ("retry-after", "2") })
        #expect(try limited.get("error", "code") == "rate_limit_exceeded")
        let soon = try Calling.chat("hi", fault: "status=429;retry-after=20ms")
        #expect(soon.plan.headers.contains { $0 == ("retry-after-ms", "20") })
        let body = #"{"model":"c","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}"#
        #expect(try Calling("/v1/messages", body, fault: "status=529").get("error", "type") == "overloaded_error")
    }

    @Test func aFaultCanStandInPromptModelAndPath() throws {
        #expect(try Calling.chat("[[sim: status=500]] hi").plan.status == 500)
        #expect(try Calling.chat("hi", model: "gpt-4o@sim:status=503").plan.status == 503)
        let body = #"{"model":"m","messages":[{"role":"user","content":"hi"}]}"#
        #expect(try Calling("/fault/status=502;retry-after=1/v1/chat/completions", body).plan.status == 502)
        let answer = try Calling.chat("[[sim: comments]] echo: rest", model: "gpt-4o@sim:crlf")
        #expect(try answer.get("choices", 0, "message", "content") == "rest")
        #expect(try answer.get("model") == "gpt-4o")
    }

    @Test(arguments: [
        "bogus", "status=200", "status", "split=0", "reset=sometimes", "reset=after-0-chunks", "chunk-delay=2h",
        "chunk-delay=-1s", "endless=1", "big=65m",
    ])
    func badFaultsAreNamed(fault: String) throws {
        let calling = try Calling.chat("hi", fault: "comments; \(fault)")
        #expect(calling.plan.status == 400)
        #expect(try calling.get("error", "message").contains("'\(fault)'"))
    }

    @Test func aBadDefaultFaultStopsTheStart() {
        #expect(throws: FaultGrammarError.self) { try SimulatorEngine(SimulatorConfiguration(fault: "bogus")) }
    }
}
