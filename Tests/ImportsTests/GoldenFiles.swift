import Bytes
import Imports
import Routing
import Settings
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One file of each product beside what comes of it. `SIGNALBOX_WRITE_GOLDEN=1` writes the results anew; look at the
/// difference before keeping it.
struct GoldenFile: Sendable, CustomStringConvertible {
    var format: ImportFormat
    var input: String

    var description: String { input }

    static let all = [
        GoldenFile(format: .litellm, input: "litellm.yaml"), GoldenFile(format: .portkey, input: "portkey.json"),
        GoldenFile(format: .helicone, input: "helicone.yaml"),
        GoldenFile(format: .tensorzero, input: "tensorzero.toml"),
    ]

    func result() throws -> ImportResult { try Importer.run(format, try Self.read(input)) }

    /// The environment that makes every reference readable.
    static func environment(_ result: ImportResult) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: result.variables.map { ($0, $0.hasSuffix("URL") ? "http://127.0.0.1" : "value") })
    }

    static func read(_ name: String) throws -> [UInt8] {
        let file = try #require(fopen(folder + name, "rb"), "\(name) is missing")
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return bytes }
            bytes += chunk.prefix(count)
        }
    }

    static func write(_ name: String, _ text: String) throws {
        let file = try #require(fopen(folder + name, "wb"))
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }

    static var isWriting: Bool { getenv("SIGNALBOX_WRITE_GOLDEN") != nil }

    private static let folder =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        .joined(separator: "/") + "/Golden/"
}

@Suite struct ImportedFiles {
    @Test(arguments: GoldenFile.all)
    func comeOutAsTheyAreKept(_ golden: GoldenFile) throws {
        let result = try golden.result()
        let (yaml, report) = (golden.format.rawValue + ".signalbox.yaml", golden.format.rawValue + ".report.txt")
        if GoldenFile.isWriting {
            try GoldenFile.write(yaml, result.yaml)
            try GoldenFile.write(report, result.report)
        }
        #expect(String(decoding: try GoldenFile.read(yaml), as: UTF8.self) == result.yaml)
        #expect(String(decoding: try GoldenFile.read(report), as: UTF8.self) == result.report)
    }

    @Test(arguments: GoldenFile.all)
    func areConfigurationsThatLoad(_ golden: GoldenFile) throws {
        let result = try golden.result()
        let environment = GoldenFile.environment(result)
        let loaded = try SettingsLoader.load(text: result.yaml, name: "signalbox.yaml", environment: environment)
        #expect(!loaded.settings.providers.isEmpty)
        for route in loaded.settings.routes {
            let name = try route.json.withUnsafeBytes { try RouteDefinition(json: JSONView(validated: $0)).name }
            #expect(!name.isEmpty)
        }
    }

    @Test(arguments: GoldenFile.all)
    func showNoSecretOfTheFile(_ golden: GoldenFile) throws {
        let result = try golden.result()
        let text = result.yaml + result.report
        for secret in ["sk-literal-secret", "sk-1234", "sk-ant-literal"] { #expect(!text.contains(secret)) }
    }
}
