import Vocabulary

/// Portkey's headers.
package enum PortkeyPreferences {
    /// Headers that say who calls or how a trace hangs together; they are read elsewhere or say nothing here.
    private static let silent = [
        "api-key", "trace-id", "span-id", "parent-span-id", "span-name", "package-version", "runtime",
        "runtime-version", "strict-open-ai-compliance", "strict-openai-compliance", "fetch-integrated-models",
        "openai-organization", "openai-project", "anthropic-beta", "anthropic-version",
    ]
    /// Where a caller would choose an address or bring a credential.
    private static let refusedBeginnings = ["custom-host", "aws-", "vertex-", "azure-"]
    private static let read = ["config", "provider", "virtual-key"]

    /// - Parameter model: The model that was asked for: targets without one of their own are asked for it.
    /// - Throws: A fault that names the header or the member of the configuration.
    package static func read(headers: HeaderList, model: String) throws(RouteFault) -> RoutePreferences {
        var preferences = RoutePreferences()
        var provider: String?
        for (name, text) in headers.beginning(with: "x-portkey-") where !silent.contains(name) {
            let value = HeaderValue("x-portkey-\(name)", text)
            if name == "provider" || name == "virtual-key" { provider = provider ?? slug(value.text) }
            if !read.contains(name) { try read(name, value, into: &preferences) }
        }
        if let config = headers["x-portkey-config"] {
            let header = HeaderValue("x-portkey-config", config)
            try PortkeyConfig.read(header, provider: provider, model: model, into: &preferences)
        } else if let provider {
            preferences.node = .target(TargetReference(provider: provider))
        }
        return preferences
    }

    /// Splits `@slug/model`; `nil` for other names.
    package static func providerAndModel(_ name: String) -> (provider: String, model: String)? {
        guard name.hasPrefix("@"), let slash = name.firstIndex(of: "/") else { return nil }
        let provider = name[name.index(after: name.startIndex)..<slash]
        let model = name[name.index(after: slash)...]
        return provider.isEmpty || model.isEmpty ? nil : (String(provider), String(model))
    }

    /// A provider's name without the `@` that saved ones carry.
    static func slug(_ text: String) -> String { text.hasPrefix("@") ? String(text.dropFirst()) : text }

    private static func read(
        _ name: String, _ value: HeaderValue, into preferences: inout RoutePreferences
    ) throws(RouteFault) {
        if refusedBeginnings.contains(where: name.hasPrefix) {
            throw value.refused("Callers can't bring an address or a credential. Configure a provider and name it.")
        }
        switch name {
        case "metadata": try metadata(value, into: &preferences)
        case "cache-force-refresh": preferences.cache.refresh = try value.bool()
        case "cache-namespace": preferences.cache.namespace = value.text
        case "request-timeout":
            let timeout = UInt64(try value.int(1...86_400_000)) * 1_000_000
            LiteLLMPreferences.setTimeout(\.total, timeout, in: &preferences)
        case "debug":
            // "false" keeps bodies out of Portkey's logs.
            preferences.omitsRequestText = try !value.bool()
            preferences.omitsAnswerText = preferences.omitsRequestText
        case "sensitive-headers", "forward-headers", "nitro-mode":
            preferences.drop(value.name, "headers of callers are neither recorded nor sent on")
        default: preferences.drop(value.name, "not used here")
        }
    }

    private static func metadata(
        _ value: HeaderValue, into preferences: inout RoutePreferences
    ) throws(RouteFault) {
        for pair in try JSONHeader.pairs(value) {
            if pair.key == "_user" { preferences.user = pair.value } else { preferences.metadata.append(pair) }
        }
    }
}
