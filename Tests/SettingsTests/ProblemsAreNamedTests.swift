import Settings
import Testing
import Vocabulary

/// Each mistake: what is written, where it is reported, and what the report has to say.
@Suite struct ProblemsAreNamedTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        var code: SettingsProblem.Code
        var yaml: String
        var place: String
        var says: [String]

        var testDescription: String { yaml }
    }

    static let mistakes: [Mistake] = [
        Mistake(
            code: .unknownKey, yaml: "data: x\nlistn: h:1", place: "signalbox.yaml:2:1",
            says: ["unknown key \"listn\"", "did you mean \"listen\"?", "Valid here: listen, data, log_level"]),
        Mistake(
            code: .unknownKey, yaml: "limits:\n  bodyBytes: 1", place: "signalbox.yaml:2:3",
            says: ["limits:", "did you mean \"body_bytes\"?", "header_bytes"]),
        Mistake(
            code: .unknownKey, yaml: "body_bytes: 1", place: "signalbox.yaml:1:1", says: ["belongs under \"limits\""]),
        Mistake(
            code: .wrongType, yaml: "timeouts: 5s", place: "signalbox.yaml:1:11",
            says: ["timeouts: expected a mapping with keys such as \"connect\", found a single value"]),
        Mistake(
            code: .wrongType, yaml: "listen: [1]", place: "signalbox.yaml:1:9",
            says: ["listen: expected host:port", "found a list"]),
        Mistake(code: .wrongType, yaml: "models: {name: x}", place: "signalbox.yaml:1:9", says: ["expected a list"]),
        Mistake(code: .wrongType, yaml: "- a", place: "signalbox.yaml:1:1", says: ["expected a mapping"]),
        Mistake(
            code: .badValue, yaml: "client_leaves: stay", place: "signalbox.yaml:1:16",
            says: ["one of abort, drain", "found \"stay\""]),
        Mistake(
            code: .badValue, yaml: "limits: {header_count: many}", place: "signalbox.yaml:1:24",
            says: ["a whole number from 8 to 10000"]),
        Mistake(
            code: .missingKey, yaml: "models:\n  - {name: a}", place: "signalbox.yaml:2:5",
            says: ["models[0]: \"provider\" is missing"]),
        Mistake(
            code: .unsetVariable, yaml: "data: a\nproject: \"${NOPE}\"", place: "signalbox.yaml:2:10",
            says: ["environment variable NOPE is not set", "${NOPE:-default}"]),
        Mistake(
            code: .badReference, yaml: "data: \"${a-b}\"", place: "signalbox.yaml:1:7", says: ["\"${a-b}\"", "$$"]),
        Mistake(
            code: .duplicateName, yaml: withProvider("models:\n- {name: m, provider: up}\n- {name: m, provider: up}"),
            place: "signalbox.yaml:4:10", says: ["models[1].name", "another model named \"m\" at signalbox.yaml:3:10"]),
        Mistake(
            code: .unknownProvider, yaml: withProvider("models: [{name: m, provider: upp}]"),
            place: "signalbox.yaml:2:30", says: ["no provider \"upp\"", "did you mean \"up\"?", "Configured: up"]),
        Mistake(
            code: .conflict, yaml: "journal: {segment_bytes: 200MiB}", place: "signalbox.yaml:1:26",
            says: ["at most half of maximum_bytes, here 128MiB"]),
        Mistake(
            code: .missingKey, yaml: withProvider("prices: [{provider: up, model: m}]"), place: "signalbox.yaml:2:10",
            says: ["no price is given"]),
        Mistake(code: .yamlSyntax, yaml: "data: a\n  b: [1", place: "signalbox.yaml:2:4", says: ["not valid YAML"]),
        Mistake(
            code: .yamlSyntax, yaml: "a: {x: ${FOO}}", place: "signalbox.yaml:1:9", says: ["quotes around references"]),
        Mistake(code: .yamlSyntax, yaml: "data: a\ndata: b", place: "signalbox.yaml:1:1", says: ["the same key twice"]),
    ]

    @Test(arguments: mistakes)
    func eachMistakeHasItsPlaceAndRemedy(mistake: Mistake) throws {
        let found = problems(mistake.yaml)
        #expect(found.map(\.code) == [mistake.code])
        let problem = try #require(found.first)
        #expect(problem.place.description == mistake.place)
        for text in mistake.says { #expect(problem.description.contains(text)) }
    }

    @Test func allMistakesAreReportedTogetherInTheirOrder() {
        let found = problems(
            """
            listn: 127.0.0.1:8080
            limits: {body_bytes: lots}
            providers:
              - {name: up, dialect: opnai, base_url: "http://h", api_key: "${GONE}"}
              - {name: up, dialect: openai, base_url: "h/v1"}
            """, ["SIGNALBOX_DATA": "\u{7}"])
        #expect(
            found.map(\.code) == [
                .unknownKey, .badValue, .badValue, .unsetVariable, .duplicateName, .badValue, .badValue,
            ])
        #expect(found.last?.place == .environment(variable: "SIGNALBOX_DATA"))
    }

    @Test func misspeltRequiredKeyIsReportedOnce() {
        let found = problems("providers: [{name: a, dialect: openai, base-url: \"http://h\"}]")
        #expect(found.map(\.code) == [.unknownKey])
    }

    @Test func headersThatWouldBreakMessagesAreRefused() {
        let yaml = withProvider("").replacing("/v1\"", with: "/v1\", headers: {Host: x, \"a b\": y, ok: \"a\\nb\"}")
        #expect(problems(yaml).map(\.code) == [.conflict, .badValue, .badValue])
    }

    @Test func filesThatCannotBeReadSaySo() {
        let error = #expect(throws: SettingsError.self) {
            try SettingsLoader.load(path: "/nonexistent/signalbox.yaml", environment: [:])
        }
        #expect(error?.problems.map(\.code) == [.fileUnreadable])
        #expect(error?.description.contains("No such file or directory") == true)
    }

    @Test func aliasesCannotMultiplyWithoutEnd() {
        var yaml = "a: &a [1,1,1,1,1,1,1,1,1,1]\n"
        for (name, before) in zip("bcdefg", "abcdef") {
            yaml += "\(name): &\(name) [" + (0..<10).map { _ in "*\(before)" }.joined(separator: ",") + "]\n"
        }
        #expect(problems(yaml).map(\.code) == [.yamlSyntax])
    }
}
