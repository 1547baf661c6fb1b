import ArgumentParser
import CommandLine
import Settings
import SignalboxClient
import Testing

@Suite struct FailuresTests {
    @Test(arguments: [
        (401, "invalid_key", Int32(77)), (403, "admin_required", 77), (404, "not_found", 1), (500, "internal_error", 1),
        (503, "starting", 69), (0, "unreachable", 69), (0, "deadline_exceeded", 69), (0, "invalid_url", 64),
        (0, "invalid_answer", 1),
    ])
    func serverErrorsHaveTheirExitCodes(status: Int, code: String, exitCode: Int32) throws {
        let error = SignalboxError(status: status, code: code, message: "It broke\u{1B}.", requestID: "r1")
        let failure = try #require(CommandFailure(error))
        #expect(failure.exitCode.rawValue == exitCode)
        #expect(failure.lines[0] == "error: It broke\\u{1B}. (\(code)) [request r1]")
    }

    @Test func everyConfigurationProblemIsALine() throws {
        let error = #expect(throws: SettingsError.self) {
            try SettingsLoader.load(text: "a: 1\nb: 2\n", name: "s.yaml", environment: [:])
        }
        let problems = try #require(error)
        let failure = try #require(CommandFailure(problems))
        #expect(failure.exitCode.rawValue == 78)
        #expect(failure.lines[0].hasSuffix("it has 2 problems:"))
        #expect(failure.lines.count { $0.hasPrefix("  s.yaml:") } == 2)
    }

    @Test func usageErrorsAreTheParsersToExplain() {
        #expect(CommandFailure(ValidationError("x")) == nil)
    }

    @Test func findingsEndWithWhatToDo() {
        let findings = [
            Finding(check: "store", state: "ok", detail: "1 GB free"),
            Finding(check: "provider up", state: "failure", detail: "connection refused", remedy: "Start it."),
        ]
        #expect(
            FindingView.render(findings, width: 80) == """
                CHECK        STATE    DETAIL
                store        ok       1 GB free
                provider up  failure  connection refused

                What to do:
                - provider up: Start it.

                1 failed, 0 doubtful, 1 well.
                """)
        #expect(
            String(decoding: findings[1].json, as: UTF8.self)
                == #"{"check":"provider up","detail":"connection refused","remedy":"Start it.","state":"failure"}"#)
    }
}
