import Testing

/// Who may import whom. Dependencies point down only; what is missing here is forbidden.
@Suite struct ImportTable {
    private static let system: Set<String> = ["Glibc", "Synchronization"]
    private static let nio: Set<String> = ["NIOCore", "NIOPosix", "NIOHTTP1", "NIOSSL"]

    private static let allowed: [String: Set<String>] = [
        "Bytes": [],
        "Runtime": ["CRuntime", "Glibc", "Synchronization"],
        "Vocabulary": ["Bytes"],
        "Storage": ["Bytes", "Vocabulary"],
        "Statistics": ["Glibc"],
        "Catalog": ["CCatalogData", "Bytes", "Vocabulary", "Glibc"],
        "Dialects": ["Bytes", "Crypto", "Vocabulary"],
        "Providers": ["Bytes", "Dialects", "Vocabulary"],
        "Routing": ["Bytes", "Synchronization", "Vocabulary"],
        "Ledger": ["Glibc", "Vocabulary"],
        "Caching": ["Bytes", "Crypto", "Dialects", "Routing", "Synchronization", "Vocabulary"],
        "WhatIf": ["Bytes", "Catalog", "Routing", "Statistics", "Vocabulary"],
        "Access": ["Vocabulary", "Storage", "Runtime", "Crypto", "Synchronization"],
        "Gateway": [
            "Access", "Bytes", "Catalog", "Dialects", "Ledger", "Providers", "Routing", "Runtime", "Synchronization",
            "Vocabulary",
        ],
        "Telemetry": system.union(["Bytes", "CRuntime", "Crypto", "Providers", "Runtime", "Storage", "Vocabulary"]),
        "StorageSQLite": system.union(["Bytes", "Storage", "Vocabulary", "GRDB", "GRDBSQLite", "Foundation"]),
        "Upstream": nio.union(["NIOTLS", "DequeModule", "Gateway", "Runtime", "Logging"]),
        "DataPlane": nio.union(system).union([
            "Access", "Bytes", "Caching", "Catalog", "Dialects", "Gateway", "Ledger", "Providers", "Routing",
            "Runtime", "Telemetry", "Upstream", "Vocabulary", "DequeModule", "HummingbirdCore", "HTTPTypes", "Logging", "NIOHTTPTypes", "NIOHTTPTypesHTTP1",
        ]),
        "ControlAPI": system.union([
            "Access", "Bytes", "COpenAPI", "Caching", "Catalog", "Foundation", "Hummingbird", "HummingbirdCore", "HTTPTypes",
            "Logging", "NIOCore", "Runtime", "ServiceLifecycle", "Storage", "Telemetry", "Vocabulary",
        ]),
        "Doors": [
            "Access", "Bytes", "Catalog", "Dialects", "HTTPTypes", "Hummingbird", "Logging", "NIOCore", "Runtime",
            "Storage", "Vocabulary",
        ],
        "Imports": ["Bytes", "Dialects", "Routing", "Vocabulary", "Yams"],
        "WebUI": ["CWebAssets", "Hummingbird", "HummingbirdCore", "HTTPTypes", "NIOCore", "Logging"],
        "Simulator": nio.union(system).union(["Bytes", "Runtime", "Logging"]),
        "Settings": ["Bytes", "Dialects", "Foundation", "Glibc", "Musl", "Darwin", "Vocabulary", "Yams"],
        "SignalboxClient": nio.union(["AsyncHTTPClient", "Foundation", "FoundationEssentials"]),
        "StorageConformance": system.union(["Storage", "Vocabulary"]),
        "signalbox": ["CommandLine", "Glibc"],
    ]

    /// The two that build and drive everything else may import any room or edge, but not each other's business.
    private static let composers: Set<String> = ["Composition", "CommandLine"]

    @Test(arguments: SourceTree.files)
    func holds(file: SourceFile) {
        guard !Self.composers.contains(file.target) else { return }
        let permitted = Self.allowed[file.target] ?? []
        for (index, line) in file.lines.enumerated() {
            guard let module = Self.importedModule(line), module != file.target else { continue }
            #expect(
                permitted.contains(module),
                "\(file.path):\(index + 1): \(file.target) may not import \(module). See the table in ImportTableTests."
            )
        }
    }

    @Test func onlyCompositionKnowsTheAdapters() {
        for file in SourceTree.files where file.target != "Composition" && file.target != "StorageSQLite" {
            #expect(!file.lines.contains { Self.importedModule($0) == "StorageSQLite" }, "\(file.path) knows a concrete store")
        }
    }

    private static func importedModule(_ line: String) -> String? {
        let words = line.split(separator: " ")
        guard let at = words.firstIndex(of: "import"), at <= 2, at + 1 < words.count else { return nil }
        guard words[..<at].allSatisfy({ ["package", "public", "internal", "private", "@_exported"].contains($0) }) else { return nil }
        return String(words[at + 1].prefix { $0 != "." })
    }
}
