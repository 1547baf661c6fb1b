import Settings
import Testing
import Vocabulary

@Suite struct FileIsReadTests {
    private static let quickStart = """
        listen: 127.0.0.1:8080
        data: ./signalbox-data
        providers:
          - {name: up, dialect: openai, base_url: "http://127.0.0.1:9001/v1", api_key: "${UPSTREAM_KEY}"}
          - {name: claude, dialect: anthropic, base_url: "http://127.0.0.1:9001", api_key: "${UPSTREAM_KEY}"}
        models:
          - {name: gpt-4o-mini, provider: up}
          - {name: claude-haiku, provider: claude, upstream_model: claude-3-5-haiku-latest}
        """

    @Test func quickStartFileIsTakenAsWritten() throws {
        let settings = try load(Self.quickStart, ["UPSTREAM_KEY": "sk-1"]).settings
        #expect(settings.listen == ListenAddress(host: "127.0.0.1", port: 8080))
        #expect(settings.providers.map(\.name) == ["up", "claude"])
        #expect(settings.providers.map(\.dialect) == [.openai, .anthropic])
        #expect(settings.providers.map(\.baseURL.path) == ["/v1", ""])
        #expect(settings.providers.map { $0.apiKey?.reveal() } == ["sk-1", "sk-1"])
        #expect(settings.models.map(\.nameForUpstream) == ["gpt-4o-mini", "claude-3-5-haiku-latest"])
        #expect(!settings.useSimulator)
    }

    @Test func everythingElseKeepsItsDefault() throws {
        var settings = try load(Self.quickStart, ["UPSTREAM_KEY": "sk-1"]).settings
        settings.providers = []
        settings.models = []
        #expect(settings == Settings())
    }

    @Test(arguments: ["", "# nothing\n", "limits:\nproviders: ~\nlisten: null\n"])
    func emptyFilesAndKeysMeanDefaults(yaml: String) throws {
        var expected = Settings()
        expected.useSimulator = true
        #expect(try load(yaml).settings == expected)
    }

    @Test func everyKeyOfAProviderIsRead() throws {
        let provider = try load(
            """
            providers:
              - name: azure
                dialect: openai
                base_url: https://[::1]:8443/openai/v1/
                api_key: literal
                catalogue: openai
                stream_usage: leave
                max_connections: 7
                timeouts: {connect: 1s, idle: 2m}
                ca_file: /etc/ca.pem
                headers: {api-version: "2026-01-01", X-Token: "${TOKEN:-none}"}
                health_path: /health
            """
        ).settings.providers[0]
        #expect(provider.baseURL.description == "https://[::1]:8443/openai/v1")
        #expect(provider.baseURL.host == "::1" && provider.baseURL.isTLS && provider.baseURL.port == 8443)
        #expect(provider.catalogue == "openai" && provider.streamUsage == .leave && provider.maximumConnections == 7)
        #expect(provider.timeouts.connect == .seconds(1) && provider.timeouts.idle == .seconds(120))
        #expect(provider.caFile == "/etc/ca.pem" && provider.healthPath == "/health")
        #expect(provider.headers.map(\.name) == ["api-version", "X-Token"])
        #expect(provider.headers.map { $0.value.reveal() } == ["2026-01-01", "none"])
    }

    @Test func providersOwnDeadlinesWinOverTheServers() throws {
        let yaml = withProvider("timeouts: {connect: 3s, total: 10m}")
            .replacing("/v1\"}", with: "/v1\", timeouts: {total: 7s}}")
        let settings = try load(yaml).settings
        let resolved = settings.upstreamTimeouts(of: settings.providers[0])
        #expect(resolved.connect == .seconds(3) && resolved.total == .seconds(7) && resolved.idle == .seconds(120))
    }

    @Test func pricesAreExactWholeNanodollars() throws {
        let price = try load(
            withProvider(
                """
                prices:
                  - {provider: up, model: m, input: 0.15, output: "0.000000001", cache_read: 7,
                     effective_from: 2026-02-28}
                prices_import:
                  - {format: litellm, path: prices.json}
                """)
        ).settings
        let rates = Dictionary(uniqueKeysWithValues: price.prices[0].nanodollarsPerMillion.map { ($0.bucket, $0.rate) })
        #expect(rates == ["input": 150_000_000, "output": 1, "cache_read": 7_000_000_000])
        #expect(price.prices[0].effectiveFrom == "2026-02-28")
        #expect(price.pricesImport.map(\.path) == ["prices.json"])
    }

    @Test func placesOfWrittenValuesAreKept() throws {
        let loaded = try load("data: /tmp/x\nlimits: {json_depth: 64}\n", ["SIGNALBOX_PROJECT": "p"])
        #expect(loaded.origins["data"] == .file(path: "signalbox.yaml", line: 1, column: 7))
        #expect(loaded.origins["limits.json_depth"]?.description == "signalbox.yaml:2:22")
        #expect(loaded.origins["project"] == .environment(variable: "SIGNALBOX_PROJECT"))
        #expect(loaded.origins["listen"] == nil)
    }
}
