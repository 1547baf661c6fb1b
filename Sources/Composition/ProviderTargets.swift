import Dialects
import Gateway
import Settings
import Vocabulary

/// Makes callable targets of configured providers.
struct ProviderTargets {
    let settings: Settings
    /// Tokens that are renewed in the background.
    let tokens: TokenBoard

    func target(_ provider: Settings.Provider) -> ProviderTarget {
        let preset = provider.preset.flatMap(ProviderPreset.named)
        let operations = preset?.operations ?? Self.operations(of: provider.dialect)
        let timeouts = settings.upstreamTimeouts(of: provider)
        var target = ProviderTarget(
            name: provider.name, dialect: provider.dialect, formats: operations.compactMap(\.format),
            origin: origin(provider), basePath: provider.baseURL.path,
            paths: preset?.paths ?? Self.paths(of: provider.dialect), quirks: preset.map(Self.quirks) ?? [:],
            credential: credential(provider, preset), extraHeaders: headers(provider, preset),
            injectsUsage: provider.streamUsage == .inject,
            rules: AttemptRules(
                connect: timeouts.connect.wholeNanoseconds, firstByte: timeouts.firstByte.wholeNanoseconds,
                idle: timeouts.idle.wholeNanoseconds
            ),
            total: timeouts.total.wholeNanoseconds
        )
        target.catalogueName = provider.catalogue ?? provider.preset
        target.settings = Dictionary(
            provider.settings.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }
        )
        for setting in preset?.settings ?? [] where target.settings[setting.name] == nil {
            target.settings[setting.name] = setting.fallback
        }
        target.operations = Set(operations)
        target.embeddings = preset?.embeddings ?? (provider.dialect == .openai ? .openAI : nil)
        target.region = provider.region
        target.tags = provider.tags
        target.collectsData = provider.dataCollection.map { $0 == .allow }
        target.retainsNothing = provider.zeroRetention.map { $0 == .yes }
        return target
    }

    private static func quirks(_ preset: ProviderPreset) -> [WireFormat: ProviderQuirks] {
        var quirks: [WireFormat: ProviderQuirks] = [:]
        for format in preset.operations.compactMap(\.format) {
            let found = preset.quirks(for: format)
            if found != ProviderQuirks() { quirks[format] = found }
        }
        return quirks
    }

    private func origin(_ provider: Settings.Provider) -> UpstreamOrigin {
        UpstreamOrigin(
            host: provider.baseURL.host, port: provider.baseURL.port, usesTLS: provider.baseURL.isTLS,
            certificateFile: provider.caFile, maximumConnections: provider.maximumConnections
        )
    }

    private func headers(_ provider: Settings.Provider, _ preset: ProviderPreset?) -> [MetadataPair] {
        let own = provider.headers.map { MetadataPair(key: $0.name, value: $0.value.reveal()) }
        let names = Set(own.map { $0.key.lowercased() })
        let usual = (preset?.headers ?? [:]).filter { !names.contains($0.key) }.sorted { $0.key < $1.key }
        return usual.map { MetadataPair(key: $0.key, value: $0.value) } + own
    }

    private func credential(_ provider: Settings.Provider, _ preset: ProviderPreset?) -> ProviderTarget.Credential {
        if let signature = signature(provider) { return signature }
        if provider.serviceAccount != nil { return .token(tokens.token(of: provider.name)) }
        guard let key = provider.apiKey?.reveal(), !key.isEmpty else { return .none }
        switch preset?.credential ?? Self.scheme(of: provider.dialect) {
        case .none: return .none
        case .bearer, .sigV4, .googleServiceAccount: return .bearer(key)
        case .header(let name): return .header(name: name, value: key)
        case .query(let name): return .query(name: name, value: key)
        }
    }

    private func signature(_ provider: Settings.Provider) -> ProviderTarget.Credential? {
        guard let id = provider.awsAccessKeyId, let secret = provider.awsSecretAccessKey else { return nil }
        let keys = AWSKeys(
            accessKeyID: id.reveal(), secretAccessKey: secret.reveal(), sessionToken: provider.awsSessionToken?.reveal()
        )
        let region = provider.settings.first { $0.name == "region" }?.value ?? provider.region ?? "us-east-1"
        return .signature(keys, region: region, service: "bedrock")
    }

    private static func operations(of dialect: Dialect) -> [ProviderOperation] {
        switch dialect {
        case .openai: [.chat, .completions, .responses, .embeddings, .moderations]
        case .anthropic: [.messages, .countTokens]
        case .gemini: [.generateContent, .embeddings, .countTokens]
        case .bedrock: [.converse, .embeddings]
        case .cohere: [.cohereChat, .embeddings]
        }
    }

    private static func paths(of dialect: Dialect) -> PathScheme {
        switch dialect {
        case .openai: .openAI
        case .anthropic: .anthropic
        case .gemini: .gemini
        case .bedrock: .bedrock
        case .cohere: .cohere
        }
    }

    private static func scheme(of dialect: Dialect) -> CredentialScheme {
        switch dialect {
        case .openai, .bedrock, .cohere: .bearer
        case .anthropic: .header("x-api-key")
        case .gemini: .header("x-goog-api-key")
        }
    }
}
