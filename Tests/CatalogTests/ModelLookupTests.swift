import Catalog
import Testing

@Suite struct ModelLookupTests {
    @Test(arguments: [
        ("openai", "gpt-4o-mini", "gpt-4o-mini"), ("openai", "gpt-4o-mini-2024-07-18", "gpt-4o-mini"),
        ("openai", "gpt-4o-2024-05-13", "gpt-4o-2024-05-13"), ("openai", "gpt-5-2099-12-31", "gpt-5"),
        ("openai", "ft:gpt-4o-mini-2024-07-18:acme::abc", "ft:gpt-4o-mini"),
        ("anthropic", "claude-3-5-haiku-latest", "claude-3-5-haiku-20241022"),
        ("anthropic", "claude-sonnet-4-5-20250929", "claude-sonnet-4-5"),
        ("anthropic", "claude-sonnet-4-5@20250929", "claude-sonnet-4-5"),
        ("anthropic", "claude-sonnet-4-5-20990101", "claude-sonnet-4-5"),
        ("anthropic", "claude-opus-4-7-latest", "claude-opus-4-7"),
        ("google", "models/gemini-2.5-flash", "gemini-2.5-flash"), ("gemini", "gemini-2.5-pro", "gemini-2.5-pro"),
        ("fireworks", "accounts/fireworks/models/glm-5p1", "glm-5p1"),
        ("together_ai", "openai/gpt-oss-120b", "openai/gpt-oss-120b"),
    ])
    func aProvidersModelIsFoundByWhatClientsCallIt(_ provider: String, _ name: String, _ expected: String) throws {
        let model = try BuiltIn.catalog.get().model(provider: provider, name: name)
        #expect(model?.name == expected)
        #expect(model?.provider == ProviderName.canonical(provider))
    }

    @Test(arguments: [
        ("openai", "gpt-4o-mini-2024-7-18"), ("openai", "gpt-4o-mini-20240718x"), ("openai", "-2024-07-18"),
        ("openai", ""), ("openai", "-latest"), ("openai", "claude-haiku-4-5"), ("nobody", "gpt-4o-mini"),
        ("mistral", "mistral-large-9999"), ("openai", "gpt-4o-2407"),
    ])
    func whatIsNotTheModelIsNotFound(_ provider: String, _ name: String) throws {
        #expect(try BuiltIn.catalog.get().model(provider: provider, name: name) == nil)
    }

    @Test(arguments: [
        ("gpt-4o-mini", "openai"), ("claude-haiku-4-5", "anthropic"), ("gemini-2.5-pro", "google"),
        ("glm-4.6", "zai"), ("deepseek-chat", "deepseek"), ("anthropic/claude-sonnet-4-5", "anthropic"),
        ("x-ai/grok-4.3", "xai"), ("openai/gpt-4o-mini-2024-07-18", "openai"), ("kimi-k3", "moonshot"),
        ("llama-3.3-70b-versatile", "groq"), ("meta-llama/llama-4-scout-17b-16e-instruct", "groq"),
    ])
    func withoutAProviderTheMakerComesFirst(_ name: String, _ provider: String) throws {
        #expect(try BuiltIn.catalog.get().model(named: name)?.provider == provider)
    }

    @Test func anUnknownProvidersModelIsResolvedByName() throws {
        let catalog = try BuiltIn.catalog.get()
        #expect(catalog.resolve(provider: "up", name: "gpt-4o-mini")?.provider == "openai")
        #expect(catalog.resolve(provider: "groq", name: "openai/gpt-oss-120b")?.provider == "groq")
        #expect(catalog.resolve(provider: "up", name: "no-such-model") == nil)
    }

    @Test func everyAliasFindsItsModel() throws {
        let catalog = try BuiltIn.catalog.get()
        for model in catalog.models {
            for name in [model.name] + model.aliases {
                #expect(catalog.model(provider: model.provider, name: name) == model)
            }
        }
    }
}
