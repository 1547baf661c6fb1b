// swift-tools-version: 6.2
import PackageDescription

/// Every target: Swift 6 mode, no warning tolerated, explicit existentials and imports.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

// Products of dependencies, by the short names the table below uses.
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let posix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let http1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let embedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let tlsEvents = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let tls = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1 = Target.Dependency.product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// Links the Swift runtime and Foundation into the executable alone, so that one configuration serves the
/// binary (which runs without a toolchain) and the tests (whose library exists only as a shared object).
let staticRuntime = [
    "-static-stdlib", "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCShims", "-l_FoundationCollections",
    "-lswiftSynchronization",
]

/// A room, adapter or edge under `Sources/`.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A test target under `Tests/`.
func tests(_ name: String, _ dependencies: [Target.Dependency], fixtures: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: fixtures, swiftSettings: strict)
}

let package = Package(
    name: "signalbox",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "signalbox", targets: ["signalbox"]),
        .library(name: "SignalboxClient", targets: ["SignalboxClient"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C shims
        .target(name: "CRuntime"),
        .target(name: "CWebAssets"),
        .target(name: "CCatalogData", exclude: ["catalog.json"]),
        .target(name: "COpenAPI"),

        // pure ground
        room("Bytes"),
        room("Runtime", ["CRuntime"]),
        room("Vocabulary", ["Bytes"]),
        room("Statistics"),

        // ports
        room("Storage", ["Bytes", "Vocabulary"]),

        // rooms
        room("Catalog", ["CCatalogData", "Bytes", "Vocabulary"]),
        room("Dialects", ["Bytes", "Vocabulary", crypto]),
        room("Providers", ["Bytes", "Dialects", "Vocabulary"]),
        room("Routing", ["Bytes", "Vocabulary"]),
        room("Ledger", ["Vocabulary"]),
        room("WhatIf", ["Bytes", "Catalog", "Routing", "Statistics", "Vocabulary"]),
        room("Caching", ["Bytes", "Dialects", "Routing", "Vocabulary", crypto]),
        room("Access", ["Vocabulary", "Storage", "Runtime", crypto]),
        room("Gateway", [
            "Access", "Bytes", "Catalog", "Dialects", "Ledger", "Providers", "Routing", "Runtime", "Vocabulary",
        ]),
        room("Telemetry", ["Bytes", "CRuntime", "Providers", "Runtime", "Storage", "Vocabulary", crypto]),

        // adapters
        room("StorageSQLite", ["Bytes", "Storage", "Vocabulary", grdb]),
        room("Upstream", ["Gateway", "Runtime", deque, nio, posix, http1, tls, tlsEvents, log]),

        // edges
        room("DataPlane", [
            "Access", "Bytes", "Caching", "Catalog", "Dialects", "Gateway", "Ledger", "Providers", "Routing", "Runtime",
            "Telemetry", "Upstream", "Vocabulary", deque, nio, posix, http1, tls, httpTypes, nioHTTPTypes, nioHTTPTypesHTTP1, hummingbirdCore, log,
        ]),
        room("ControlAPI", [
            "Access", "Bytes", "COpenAPI", "Caching", "Catalog", "Dialects", "Routing", "Runtime", "Storage", "Telemetry", "Vocabulary",
            hummingbird, httpTypes, nio, lifecycle, log,
        ]),
        room("Doors", [
            "Access", "Bytes", "Catalog", "Dialects", "Runtime", "Storage", "Vocabulary",
            hummingbird, httpTypes, nio, log,
        ]),
        room("Imports", ["Bytes", "Dialects", "Routing", "Vocabulary", yams]),
        room("WebUI", ["CWebAssets", hummingbird, httpTypes, nio]),
        room("Simulator", ["Bytes", nio, posix, http1]),
        room("SignalboxClient", [asyncHTTPClient, http1, nio]),
        room("Settings", ["Bytes", "Dialects", "Vocabulary", yams]),
        room("Composition", [
            "Access", "Bytes", "Caching", "Catalog", "ControlAPI", "DataPlane", "Dialects", "Doors", "Gateway", "Ledger",
            "Providers", "Routing", "Runtime", "Settings", "Simulator", "Storage", "StorageSQLite", "Telemetry", "Upstream",
            "Vocabulary", "WebUI", "WhatIf",
            asyncHTTPClient, crypto, cryptoExtras, hummingbird, hummingbirdCore, http1, lifecycle, unixSignals, log, nio,
            posix,
        ]),
        room("CommandLine", [
            "Bytes", "Composition", "Imports", "Settings", "SignalboxClient", "Simulator", "Statistics", "Vocabulary",
            arguments, log, posix, unixSignals,
        ]),
        .executableTarget(
            name: "signalbox", dependencies: ["CommandLine"], swiftSettings: strict,
            linkerSettings: [.unsafeFlags(staticRuntime, .when(platforms: [.linux]))]
        ),

        // test support
        room("StorageConformance", ["Storage", "Vocabulary"]),

        // tests
        tests("AccessTests", ["Access", "Runtime", "Storage", "Vocabulary"]),
        tests("ControlAPITests", [
            "Access", "Bytes", "Catalog", "ControlAPI", "Runtime", "Storage", "StorageConformance", "Telemetry", "Vocabulary",
            embedded, hummingbird, hummingbirdTesting, httpTypes, lifecycle, nio, log,
        ]),
        tests("VocabularyTests", ["Vocabulary"]),
        tests(
            "TelemetryTests", ["Bytes", "CRuntime", "Runtime", "Storage", "Telemetry", "Vocabulary"],
            fixtures: ["Fixtures"]
        ),
        tests(
            "StorageSQLiteTests", ["Bytes", "Storage", "StorageConformance", "StorageSQLite", "Vocabulary", grdb],
            fixtures: ["Fixtures"]
        ),
        tests("BytesTests", ["Bytes"]),
        tests("StatisticsTests", ["Statistics"]),
        tests("DialectsTests", ["Bytes", "Dialects", "Vocabulary", crypto], fixtures: ["Golden"]),
        tests("RoutingTests", ["Bytes", "Routing", "Vocabulary"]),
        tests("LedgerTests", ["Ledger", "Runtime", "Vocabulary"]),
        tests("DoorsTests", [
            "Access", "Bytes", "Catalog", "Doors", "Providers", "Runtime", "Storage", "StorageConformance", "Vocabulary",
            hummingbird, hummingbirdTesting, httpTypes, nio, log,
        ]),
        tests("ImportsTests", ["Bytes", "Imports", "Routing", "Settings", "Vocabulary"], fixtures: ["Golden"]),
        tests("WhatIfTests", ["Bytes", "Catalog", "Routing", "Statistics", "Vocabulary", "WhatIf"]),
        tests("CachingTests", ["Bytes", "Caching", "Dialects", "Routing", "Vocabulary"]),
        tests("RuntimeTests", ["Runtime"]),
        tests("ProvidersTests", ["Bytes", "Providers", "Vocabulary"]),
        tests("GatewayTests", ["Bytes", "Dialects", "Gateway", "Routing", "Vocabulary"]),
        tests("UpstreamTests", ["Upstream"]),
        tests("TidyTests", []),
        tests("CatalogTests", ["Catalog", "Vocabulary"]),
        tests("SimulatorTests", ["Bytes", "Simulator", nio, posix]),
        tests("SettingsTests", ["Settings", "Vocabulary"]),
        tests("SignalboxClientTests", ["SignalboxClient", nio, posix, http1]),
        tests("CommandLineTests", ["CommandLine", "Settings", "SignalboxClient", arguments]),
        tests("WebUITests", ["WebUI", hummingbird, hummingbirdTesting, httpTypes, nio]),
    ]
)
