import ArgumentParser
import CommandLine
import Settings
import SignalboxClient
import Testing

@Suite struct ArgumentsTests {
    private func list(_ arguments: String...) throws -> RequestsListCommand {
        try #require(try SignalboxCommand.parseAsRoot(arguments) as? RequestsListCommand)
    }

    private func exitCode(_ arguments: String...) -> Int32? {
        let error = #expect(throws: (any Error).self) { try SignalboxCommand.parseAsRoot(arguments) }
        return error.map { SignalboxCommand.exitCode(for: $0).rawValue }
    }

    @Test func requestsAloneLists() throws {
        let filter = try list("requests").filter
        #expect(filter == RequestFilter(limit: 20))
    }

    @Test func requestsTakesFiltersWithAndWithoutList() throws {
        var expected = RequestFilter(user: "ada", model: "m", status: .cancelled, limit: 5, cursor: "c")
        expected.environment = "dev"
        expected.from = "2026-01-01T00:00:00Z"
        let options = [
            "--user", "ada", "--model", "m", "--status", "cancelled", "--limit", "5", "--cursor", "c",
            "--environment", "dev", "--from", "2026-01-01T00:00:00Z",
        ]
        for command in [["requests"], ["requests", "list"]] {
            let parsed = try SignalboxCommand.parseAsRoot(command + options) as? RequestsListCommand
            #expect(parsed?.filter == expected)
        }
    }

    @Test func wrongUsageIs64() {
        #expect(exitCode("requests", "--limit", "0") == 64)
        #expect(exitCode("requests", "--limit", "1001") == 64)
        #expect(exitCode("requests", "--status", "fine") == 64)
        #expect(exitCode("requests", "show") == 64)
        #expect(exitCode("sim", "--listen", "9001") == 64)
        #expect(exitCode("keys", "create") == 64)
        #expect(exitCode("keys", "create", "--name", "x", "--role", "root") == 64)
        #expect(exitCode("frobnicate") == 64)
    }

    @Test func helpAndVersionAreNoFailures() {
        #expect(throws: Never.self) { _ = try SignalboxCommand.parseAsRoot(["--help"]) }
        #expect(exitCode("--version") == 0)
    }

    @Test func keysAreMadeFromOptions() throws {
        let arguments = ["keys", "create", "--name", "n", "--role", "admin", "--model", "a", "--model", "b"]
        let command = try #require(try SignalboxCommand.parseAsRoot(arguments) as? KeysCreateCommand)
        #expect(command.newKey == NewKey(name: "n", role: .admin, allowedModels: ["a", "b"]))
    }

    @Test func optionsWinOverTheEnvironment() {
        let environment = ["SIGNALBOX_URL": "http://e", "SIGNALBOX_KEY": "ek"]
        #expect(ServerOptions.target(url: nil, key: nil, environment: environment) == ("http://e", "ek"))
        #expect(ServerOptions.target(url: "http://o", key: "ok", environment: environment) == ("http://o", "ok"))
        let empty = ["SIGNALBOX_URL": "", "SIGNALBOX_KEY": ""]
        #expect(ServerOptions.target(url: nil, key: nil, environment: empty) == ("http://127.0.0.1:8080", ""))
    }

    @Test func listenAndDataWinOverTheEnvironmentEvenAfterAReload() throws {
        let options = try ConfigurationOptions.parse(["--listen", "127.0.0.1:0", "--data", "/tmp/x"])
        let environment = options.overlaid(on: ["SIGNALBOX_LISTEN": "h:1", "SIGNALBOX_CONFIG": "e.yaml"])
        let settings = try SettingsLoader.load(text: "data: /y", name: "y", environment: environment).settings
        #expect(settings.listen.port == 0 && settings.data == "/tmp/x")
        #expect(options.path(environment: environment) == "e.yaml")
        let named = try ConfigurationOptions.parse(["--config", "o.yaml"])
        #expect(named.path(environment: environment) == "o.yaml")
    }
}
