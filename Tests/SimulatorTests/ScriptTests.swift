import Simulator
import Testing

@Suite struct ScriptTests {
    private let body = #"{"model":"m","messages":[{"role":"user","content":"hi"}]}"#

    private func statuses(_ script: String, count: Int, model: String = "m") throws -> [Int] {
        let parsed = try SimulatorScript.parse(Array(script.utf8))
        let engine = try SimulatorEngine(SimulatorConfiguration(script: parsed))
        let body = #"{"model":"\#(model)","messages":[{"role":"user","content":"hi"}]}"#
        return (0..<count).map { _ in Calling.call(engine, "/v1/chat/completions", body).status }
    }

    @Test func nthIsUsedOnce() throws {
        let script = #"[{"match":{"nth":2},"fault":"status=429"}]"#
        #expect(try statuses(script, count: 4) == [200, 429, 200, 200])
    }

    @Test func everyRepeats() throws {
        let script = #"[{"match":{"every":3},"fault":"status=500"}]"#
        #expect(try statuses(script, count: 6) == [200, 200, 500, 200, 200, 500])
    }

    @Test func theFirstRuleThatAppliesWins() throws {
        let script = #"[{"match":{"nth":1},"fault":"status=503"},{"match":{"model":"m"},"fault":"status=429"}]"#
        #expect(try statuses(script, count: 3) == [503, 429, 429])
        #expect(try statuses(script, count: 2, model: "other") == [503, 200])
    }

    @Test func pathsAreMatchedWhole() throws {
        let script = #"[{"match":{"path":"/v1/messages"},"fault":"status=500"}]"#
        #expect(try statuses(script, count: 1) == [200])
    }

    @Test(arguments: [
        "{", "{}", "[{}]", #"[{"fault":"bogus"}]"#, #"[{"fault":"endless","match":{"nht":1}}]"#,
    ])
    func badScriptsAreRefused(script: String) {
        #expect(throws: SimulatorScriptError.self) { try SimulatorScript.parse(Array(script.utf8)) }
    }
}
