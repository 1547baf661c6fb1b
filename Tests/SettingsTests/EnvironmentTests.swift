import Settings
import Testing
import Vocabulary

@Suite struct EnvironmentTests {
    @Test func environmentWinsOverFileAndFileOverDefault() throws {
        let yaml = "data: /from-file\nproject: file\n"
        let settings = try load(yaml, ["SIGNALBOX_DATA": "/from-environment"]).settings
        #expect(settings.data == "/from-environment")
        #expect(settings.project == "file")
        #expect(settings.environment == "production")
    }

    @Test func everyScalarKeyHasAVariable() throws {
        let settings = try load(
            "",
            [
                "SIGNALBOX_LISTEN": "0.0.0.0:1", "SIGNALBOX_LOG_LEVEL": "debug", "SIGNALBOX_LIMITS_BODY_BYTES": "1MiB",
                "SIGNALBOX_TIMEOUTS_CONNECT": "7s", "SIGNALBOX_JOURNAL_FSYNC_INTERVAL": "10ms",
                "SIGNALBOX_CLIENT_HALF_CLOSE": "serve", "SIGNALBOX_ENVIRONMENT": "staging",
            ]
        ).settings
        #expect(settings.listen.port == 1 && settings.logLevel == .debug && settings.limits.bodyBytes == 1 << 20)
        #expect(settings.timeouts.connect == .seconds(7) && settings.journal.fsyncInterval == .milliseconds(10))
        #expect(settings.clientHalfClose == .serve && settings.environment == "staging")
    }

    @Test func listsAreGivenAsYAMLOrJSONAndReplaceTheFiles() throws {
        let settings = try load(
            withProvider("models: [{name: old, provider: up}]"),
            [
                "SIGNALBOX_PROVIDERS": #"[{name: new, dialect: anthropic, base_url: "http://h", api_key: "${K}"}]"#,
                "SIGNALBOX_MODELS": #"[{"name": "m", "provider": "new"}]"#, "K": "secret",
            ]
        ).settings
        #expect(settings.providers.map(\.name) == ["new"])
        #expect(settings.providers[0].apiKey?.reveal() == "secret")
        #expect(settings.models.map(\.name) == ["m"])
    }

    @Test func mistakesInVariablesNameTheVariable() {
        let found = problems("", ["SIGNALBOX_LIMITS_JSON_DEPTH": "deep", "SIGNALBOX_MODELS": "[{nam: x}]"])
        #expect(found.map(\.place.description).sorted().first == "SIGNALBOX_LIMITS_JSON_DEPTH")
        #expect(found.contains { $0.place == .environment(variable: "SIGNALBOX_MODELS", line: 1, column: 3) })
    }

    @Test func unknownVariablesAreWarnedAbout() throws {
        let loaded = try load(
            "",
            [
                "SIGNALBOX_LISTN": "x", "SIGNALBOX_BOOTSTRAP_KEY": "x", "SIGNALBOX_URL": "x", "SIGNALBOX_KEY": "x",
                "SIGNALBOX_CONFIG": "x", "SIGNALBOX_VECTORS": "x", "SIGNALBOX_PORT_8080_TCP": "tcp://10.0.0.1:8080",
                "OTHER": "x",
            ])
        #expect(loaded.warnings.map(\.code) == [.unknownVariable])
        #expect(loaded.warnings[0].description.contains("did you mean \"SIGNALBOX_LISTEN\"?"))
    }

    @Test func emptyVariablesCountAsNotSet() throws {
        #expect(try load("data: /x", ["SIGNALBOX_DATA": "", "SIGNALBOX_MODELS": ""]).settings.data == "/x")
    }

    @Test(arguments: [
        ("plain", "plain"), ("${A}", "1"), ("x${A}y${A}", "x1y1"), ("$$", "$"), ("$${A}", "${A}"), ("${B:-d}", "d"),
        ("${A:-d}", "1"), ("${E:-d}", "d"), ("${B:-}x", "x"), ("a$b", "a$b"), ("$", "$"), ("${R}", "${A}"),
    ])
    func referencesAreReplaced(written: String, expected: String) throws {
        let environment = ["A": "1", "E": "", "R": "${A}"]
        #expect(try load("data: '\(written)'", environment).settings.data == expected)
    }

    @Test(arguments: ["${", "${}", "${A", "${A-d}", "${A:d}", "${ä}"])
    func brokenReferencesAreRefused(written: String) {
        #expect(problems("data: '\(written)'", ["A": "1"]).map(\.code) == [.badReference])
    }

    @Test func misspeltReferencesNameTheVariableThatIsSet() {
        let found = problems("data: '${UPSTREM_KEY}'", ["UPSTREAM_KEY": "sk-secret"])
        #expect(found[0].message.contains("did you mean \"UPSTREAM_KEY\"?"))
    }

    @Test func vendorsKeysAloneServeTheirCatalogues() throws {
        let both = try load("", ["OPENAI_API_KEY": "a", "ANTHROPIC_API_KEY": "b", "OPENAI_BASE_URL": "http://me/v1"])
        #expect(both.settings.providers.map(\.catalogue) == ["openai", "anthropic"])
        #expect(
            both.settings.providers.map(\.baseURL.description) == [
                "https://api.openai.com/v1", "https://api.anthropic.com",
            ])
        #expect(both.settings.providers.map { $0.apiKey?.reveal() } == ["a", "b"])
        #expect(!both.settings.useSimulator)
        #expect(both.origins["providers[1].name"] == .environment(variable: "ANTHROPIC_API_KEY"))
    }

    @Test func configuredProvidersKeepVendorsKeysOut() throws {
        let settings = try load(withProvider(""), ["OPENAI_API_KEY": "a"]).settings
        #expect(settings.providers.map(\.name) == ["up"] && !settings.useSimulator)
    }

    @Test func nothingConfiguredMeansTheSimulator() throws {
        #expect(try load("", ["OPENAI_API_KEY": ""]).settings.useSimulator)
    }
}
