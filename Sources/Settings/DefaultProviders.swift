import Vocabulary

/// What to serve where nobody configured a provider.
enum DefaultProviders {
    /// The vendors whose usual key variable is enough. Their usual `..._BASE_URL` variables are not read: whoever uses
    /// Signalbox points those at Signalbox.
    private static let vendors = [
        (
            name: "openai", variable: "OPENAI_API_KEY", dialect: Dialect.openai,
            url: "https://api.openai.com/v1"
        ),
        (name: "anthropic", variable: "ANTHROPIC_API_KEY", dialect: .anthropic, url: "https://api.anthropic.com"),
    ]

    /// Adds a provider for each vendor whose key is set; without any, the simulator is used.
    static func add(
        to settings: inout Settings, origins: inout [String: SettingsPlace], environment: [String: String]
    ) {
        guard settings.providers.isEmpty else { return }
        for vendor in vendors {
            guard let key = environment[vendor.variable], !key.isEmpty, isPrintable(key) else { continue }
            var provider = Settings.Provider()
            provider.name = vendor.name
            provider.dialect = vendor.dialect
            provider.baseURL = BaseURL(vendor.url) ?? provider.baseURL
            provider.apiKey = Secret(key)
            provider.catalogue = vendor.name
            origins["providers[\(settings.providers.count)].name"] = .environment(variable: vendor.variable)
            settings.providers.append(provider)
        }
        settings.useSimulator = settings.providers.isEmpty
    }
}
