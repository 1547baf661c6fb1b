import Dialects

/// Other products' names for providers.
enum KnownProviders {
    private static let presets: [String: String] = [
        "azure": "azure-openai", "azure_ai": "azure-openai", "azure-openai": "azure-openai", "google": "gemini",
        "google-gemini": "gemini", "google_ai_studio_gemini": "gemini", "vertex_ai": "vertex", "vertex-ai": "vertex",
        "gcp_vertex_gemini": "vertex", "aws_bedrock": "bedrock", "amazon-bedrock": "bedrock", "cohere_chat": "cohere",
        "together_ai": "together", "together-ai": "together", "fireworks_ai": "fireworks", "fireworks-ai": "fireworks",
        "nvidia_nim": "nvidia-nim", "hugging-face": "huggingface", "hosted_vllm": "vllm", "ollama_chat": "ollama",
        "x-ai": "xai", "mistralai": "mistral", "mistral-ai": "mistral", "perplexity-ai": "perplexity",
        "workers-ai": "cloudflare", "text-completion-openai": "openai", "llamacpp": "llama-cpp",
    ]
    /// Providers that say only "speaks OpenAI's API at this address".
    static let generic = ["openai_like", "custom_openai", "custom", "openai-compatible", "openai_compatible"]

    /// The preset for a provider as another product names it; `nil` for none.
    static func preset(_ name: String) -> String? {
        let name = name.lowercased()
        let candidate = presets[name] ?? name
        return ProviderPreset.named(candidate) == nil ? nil : candidate
    }

    /// Servers that people run themselves, mostly without a key.
    private static let local = ["ollama", "vllm", "llama-cpp"]

    /// The usual environment variable for its key; `nil` where it usually has none.
    static func keyVariable(_ preset: String) -> String? {
        if local.contains(preset) { return nil }
        return ProviderPreset.named(preset).flatMap { $0.keyVariable.isEmpty ? nil : $0.keyVariable }
    }

    /// The preset as a provider with its usual key and what it asks for.
    static func provider(_ preset: String, place: String, _ draft: inout ImportDraft) -> ImportDraft.Provider {
        var provider = ImportDraft.Provider(preset: preset)
        provider.apiKey = keyVariable(preset).map { .variable($0) }
        for setting in ProviderPreset.named(preset)?.settings ?? [] where setting.fallback == nil {
            provider.settings.append((setting.name, .variable(variable(preset, setting.name))))
            draft.note(
                .todo, place,
                "\(preset) needs `\(setting.name)` (\(setting.title)): set \(variable(preset, setting.name))")
        }
        return provider
    }

    /// `AZURE_OPENAI_RESOURCE` of `azure-openai` and `resource`.
    static func variable(_ parts: String...) -> String {
        let text = parts.joined(separator: "_").uppercased()
        return String(decoding: text.utf8.map { isName($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
    }

    private static func isName(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

/// Prices as other products write them.
enum PriceText {
    /// Dollars per unit, for example `0.00000015` or `1.5e-07`, as dollars per million units; `nil` for no price.
    static func perMillion(_ text: String) -> String? {
        let parts = text.lowercased().split(separator: "e", maxSplits: 1)
        guard let mantissa = parts.first, let exponent = parts.count > 1 ? Int(parts[1]) : 0 else { return nil }
        let digits = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = digits.count > 1 ? String(digits[1]) : ""
        return decimal(String(digits[0]) + fraction, point: digits[0].utf8.count + exponent + 6)
    }

    /// The digits with a point behind the first `point` of them; at most nine places, which is what a price can have.
    private static func decimal(_ digits: String, point: Int) -> String? {
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), (-20...30).contains(point) else {
            return nil
        }
        let padded =
            String(repeating: "0", count: max(0, 1 - point)) + digits
            + String(repeating: "0", count: max(0, point - digits.utf8.count))
        let place = max(1, point)
        var whole = padded.prefix(place).drop { $0 == "0" }
        if whole.isEmpty { whole = "0" }
        var fraction = padded.dropFirst(place)
        while fraction.last == "0" { fraction.removeLast() }
        guard fraction.utf8.count <= 9 else { return nil }
        return fraction.isEmpty ? String(whole) : "\(whole).\(fraction)"
    }
}

extension KnownProviders {
    /// An address as the preset expects it: local servers' OpenAI API begins at `/v1`.
    static func address(_ text: String, preset: String?) -> String {
        guard let preset, local.contains(preset), text.split(separator: "/").count == 2 else { return text }
        return text + (text.hasSuffix("/") ? "v1" : "/v1")
    }

    /// Where a preset's API begins when nothing else is said.
    static func usualAddress(_ preset: String) -> String? { ProviderPreset.named(preset)?.baseURL }
}
