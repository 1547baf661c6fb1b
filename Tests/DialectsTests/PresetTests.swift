import Bytes
import Dialects
import Testing
import Vocabulary

/// Providers that are known by name: where their calls go and what a rich chat request becomes for each.
@Suite struct PresetTests {
    @Test func twentyFiveProvidersAreKnown() {
        let names = ProviderPreset.all.map(\.name)
        #expect(names.count == 25)
        #expect(Set(names).count == 25)
        #expect(
            Set(names) == [
                "openai", "azure-openai", "anthropic", "gemini", "vertex", "bedrock", "cohere", "mistral", "groq",
                "together", "fireworks", "deepseek", "xai", "perplexity", "cerebras", "sambanova", "nvidia-nim",
                "huggingface", "databricks", "cloudflare", "ai21", "openrouter", "ollama", "vllm", "llama-cpp",
            ])
    }

    @Test(arguments: ProviderPreset.all)
    func eachIsComplete(_ preset: ProviderPreset) {
        let settings = Dictionary(preset.settings.map { ($0.name, $0.example) }) { first, _ in first }
        let base = preset.baseURL(settings)
        #expect(base?.hasPrefix("http") == true)
        #expect(base?.contains("{") == false)
        #expect(base?.hasSuffix("/") == false)
        #expect(preset.documentation.hasPrefix("https://"))
        #expect(preset.reasons.allSatisfy { !$0.reason.isEmpty })
        #expect(preset.operations.contains(.embeddings) == (preset.embeddings != nil))
        for operation in preset.operations {
            let path = UpstreamPath.path(preset.paths, operation, model: "m", settings: settings)
            #expect(path?.hasPrefix("/") == true, "\(preset.name) has no path for \(operation)")
        }
    }

    @Test func settingsThatMustBeGivenAreMissed() {
        #expect(ProviderPreset.named("bedrock")?.baseURL([:]) == nil)
        #expect(ProviderPreset.named("databricks")?.baseURL([:]) == nil)
        #expect(ProviderPreset.named("vertex")?.baseURL(["project": "p"]) == "https://aiplatform.googleapis.com")
        let europe = ProviderPreset.named("vertex")?.baseURL(["project": "p", "location": "europe-west4"])
        #expect(europe == "https://europe-west4-aiplatform.googleapis.com")
        #expect(ProviderPreset.named("vertex")?.missingSettings(["location": "x"]).map(\.name) == ["project"])
        #expect(ProviderPreset.named("azure-openai")?.missingSettings(["resource": "r"]) == [])
        #expect(ProviderPreset.named("nobody") == nil)
    }

    @Test func aCallersFormatIsKeptWhereItIsServed() {
        #expect(ProviderPreset.named("openai")?.format(for: .openAIResponses) == .openAIResponses)
        #expect(ProviderPreset.named("together")?.format(for: .openAIResponses) == .openAIChat)
        #expect(ProviderPreset.named("openrouter")?.format(for: .anthropicMessages) == .anthropicMessages)
        #expect(ProviderPreset.named("bedrock")?.format(for: .openAIChat) == .bedrockConverse)
    }

    @Test func differencesBelongToTheFormatTheyAreKnownFor() {
        let groq = ProviderPreset.named("groq")
        #expect(groq?.quirks(for: .openAIChat).unsupported.contains("logprobs") == true)
        #expect(groq?.quirks(for: .openAIResponses) == ProviderQuirks())
        #expect(ProviderPreset.named("cerebras")?.quirks(for: .openAICompletions).unsupported.contains("store") == true)
    }

    /// Golden per preset: the path, the translated request, and for chat providers the same request spliced.
    @Test(arguments: ProviderPreset.all)
    func aRichRequestIsSentSensibly(_ preset: ProviderPreset) throws {
        let body = try #require(GoldenFiles.read("presets/_request.json"))
        let provider = try #require(GoldenCodecs.provider(preset.preferredFormat.rawValue))
        let target = EncodingTarget(model: "target-model", quirks: preset.quirks)
        let result = try GoldenRun.request(body, OpenAIChatCodec.self, CallerPath(), provider, target: target)
        let settings = Dictionary(preset.settings.map { ($0.name, $0.example) }) { first, _ in first }
        let path = UpstreamPath.path(
            preset.paths, ProviderOperation(preset.preferredFormat), model: "target-model", streams: true,
            settings: settings)
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("url", try #require(preset.baseURL(settings)) + (try #require(path)))
        writer.member("translated", json: result)
        if preset.preferredFormat == .openAIChat { writer.member("spliced", json: try Self.spliced(body, target)) }
        writer.endObject()
        GoldenFiles.expect(PrettyJSON.bytes(writer.bytes), at: "presets/\(preset.name).json")
    }

    private static func spliced(_ body: [UInt8], _ target: EncodingTarget) throws -> [UInt8] {
        var changes: [ParameterChange] = []
        let edited = try Splice.apply(body, target, &changes)
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("body", json: edited)
            writer.array("changes") { writer in
                for change in changes { writer.string("\(change.name): \(change.action.rawValue), \(change.detail)") }
            }
        }
        return writer.bytes
    }
}

extension ProviderPreset: CustomTestStringConvertible {
    public var testDescription: String { name }
}

/// A request of the provider's own format, edited.
enum Splice {
    static func apply(
        _ body: [UInt8], _ target: EncodingTarget, format: WireFormat = .openAIChat, _ changes: inout [ParameterChange]
    ) throws -> [UInt8] {
        try body.withUnsafeBytes { bytes in
            let root = try JSONView.parse(bytes)
            var patch = JSONPatch()
            SameDialectEdits.apply(root, target: target, format: format, to: &patch, changes: &changes)
            let edited = patch.apply(to: bytes)
            try edited.withUnsafeBytes { _ = try JSONView.parse($0) }
            return edited
        }
    }
}
