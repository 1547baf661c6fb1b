import Catalog
import Testing
import Vocabulary

@Suite struct PriceImportTests {
    private let stamp = PriceImportStamp(version: "2026-11-01", effectiveFrom: 7, sourceURL: "https://example.com/file")

    private func liteLLM(_ text: String) throws -> PriceImport {
        try Array(text.utf8).withUnsafeBytes { try LiteLLMPriceFile.read($0, stamp: stamp) }
    }

    private func portkey(_ text: String, provider: String = "x-ai") throws -> PriceImport {
        try Array(text.utf8).withUnsafeBytes { try PortkeyPriceFile.read($0, provider: provider, stamp: stamp) }
    }

    @Test func aLiteLLMEntryBecomesAModel() throws {
        let result = try liteLLM(
            #"""
            {"sample_spec": {"litellm_provider": "x", "mode": "chat", "input_cost_per_token": 1},
             "gemini/g-1": {"litellm_provider": "gemini", "mode": "chat", "source": "https://vendor.example",
              "max_input_tokens": 1000000, "max_output_tokens": 8192,
              "supports_vision": true, "supports_reasoning": false,
              "input_cost_per_token": 1.25e-06, "output_cost_per_token": 1e-05, "cache_read_input_token_cost": 1.25e-07,
              "input_cost_per_token_above_200k_tokens": 2.5e-06, "output_cost_per_token_above_200k_tokens": 1.5e-05,
              "input_cost_per_token_batches": 6.25e-07, "output_cost_per_token_batches": 5e-06,
              "search_context_cost_per_query": {"search_context_size_medium": 0.035}}}
            """#
        )
        let model = try #require(result.models.first)
        #expect(result.models.count == 1 && result.skipped.isEmpty)
        #expect(model.provider == "google" && model.name == "g-1" && model.mode == .chat)
        #expect(model.contextWindow == 1_000_000 && model.maxOutputTokens == 8_192)
        #expect(model.capabilities == [.vision])
        let row = model.prices[0]
        #expect(row.source == .imported && row.version == "2026-11-01" && row.effectiveFrom == 7)
        #expect(row.sourceURL == "https://vendor.example")
        #expect(row.tiers.count == 3)
        let receipt = Pricing.receipt(for: TokenUsage("input=200001 cache_read=10"), model: model, at: 8)
        // The long tier lists no cache price: the discount stays the same, a tenth.
        #expect(receipt.lines.map(\.nanodollarsPerMillion) == [2_500_000_000, 250_000_000])
        #expect(receipt.source == "import")
        let batch = Pricing.receipt(
            for: TokenUsage("cache_read=10 server_tool_calls=1"), model: model, at: 8, tier: .batch
        )
        // Batches list no cache price: no discount is assumed. A search costs what it costs.
        #expect(batch.lines.map(\.nanodollarsPerMillion) == [625_000_000, 35_000_000_000_000])
    }

    @Test func rangesOfATieredPriceAreTiers() throws {
        let result = try liteLLM(
            #"""
            {"dashscope/q": {"litellm_provider": "dashscope", "mode": "chat", "tiered_pricing": [
              {"input_cost_per_token": 1.2e-06, "output_cost_per_token": 6e-06, "range": [0, 32000.0]},
              {"input_cost_per_token": 2.4e-06, "output_cost_per_token": 1.2e-05, "range": [32000.0, 128000.0]}]}}
            """#
        )
        let model = try #require(result.models.first)
        #expect(model.provider == "qwen" && model.name == "q")
        #expect(model.prices[0].tiers.map(\.aboveInputTokens) == [0, 32_000])
    }

    @Test func entriesThatCantBeUsedAreCountedByReason() throws {
        let result = try liteLLM(
            #"""
            {"a": {"litellm_provider": "openai", "mode": "image_generation", "output_cost_per_image": 0.1},
             "b": {"litellm_provider": "openai", "mode": "chat"},
             "c": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 0, "output_cost_per_token": 0},
             "d": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1.5e-16},
             "e": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": -1e-6},
             "f": 12, "g": {"mode": "chat"},
             "h": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-6},
             "openai/h": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 2e-6},
             "m": {"litellm_provider": "openai", "mode": "moderation", "input_cost_per_token": 0}}
            """#
        )
        #expect(result.models.map(\.name) == ["h", "m"])
        #expect(
            result.skippedCounts == [.otherUnit: 1, .noPrice: 2, .notRepresentable: 2, .malformed: 2, .duplicate: 1]
        )
        #expect(result.models[0].prices[0].base[.uncachedInput] == 1_000_000_000)
        #expect(result.models[1].prices[0].base[.uncachedInput] == 0)
    }

    @Test(arguments: [
        "output_cost_per_image", "input_cost_per_token_above_xk_tokens", "input_cost_per_token_balanced",
        "input_cost_per_second", "input_cost_per_token_above_200k_tokens_ultrafast",
        "input_cost_per_token_above_99999999k_tokens", "_batches", "above_1k_tokens",
    ])
    func otherPriceKeysAreNotOurs(_ key: String) throws {
        let text = #"{"m": {"litellm_provider": "a", "mode": "chat", "input_cost_per_token": 1e-6, "\#(key)": 5}}"#
        let model = try #require(try liteLLM(text).models.first)
        #expect(model.prices[0].tiers.count == 1)
        #expect(model.prices[0].base.listed.count == 1)
    }

    @Test func aPortkeyEntryBecomesAModel() throws {
        let result = try portkey(
            #"""
            {"default": {"pricing_config": {"pay_as_you_go": {"request_token": {"price": 0}}}},
             "grok": {"pricing_config": {"pay_as_you_go": {"request_token": {"price": 0.00002},
               "response_token": {"price": 5.999999999999999e-05}, "cache_read_input_token": {"price": 0.000005},
               "cache_write_input_token": {"price": 0}, "additional_units": {"web_search": {"price": 0.5}}},
               "batch_config": {"request_token": {"price": 0.00001}, "response_token": {"price": 0.00003}}}},
             "image": {"pricing_config": {"pay_as_you_go": {"image": {"default": {"default": {"price": 7}}}}}},
             "free": {"pricing_config": {"pay_as_you_go": {"request_token": {"price": 0}}}}}
            """#
        )
        let model = try #require(result.models.first)
        #expect(result.models.count == 1)
        #expect(result.skippedCounts == [.otherUnit: 1, .noPrice: 1])
        #expect(model.provider == "xai" && model.prices[0].sourceURL == "https://example.com/file")
        let base = model.prices[0].base
        #expect(base[.uncachedInput] == 200_000_000 && base[.outputText] == 600_000_000)
        #expect(base[.cacheRead] == 50_000_000 && base[.cacheWrite5m] == nil)
        #expect(base[.serverToolCalls] == 5_000_000_000_000)
        #expect(model.prices[0].tiers.contains { $0.plan == .batch })
    }

    @Test func portkeysPairOfContextTiersIsOneModel() throws {
        let result = try portkey(
            #"""
            {"g-lte-128k": {"pricing_config": {"pay_as_you_go": {"request_token": {"price": 0.0001},
               "response_token": {"price": 0.001}}}},
             "g-gt-128k": {"pricing_config": {"pay_as_you_go": {"request_token": {"price": 0.0002},
               "response_token": {"price": 0.002}}}}}
            """#, provider: "google"
        )
        #expect(result.models.map(\.name) == ["g"])
        #expect(result.models.first?.prices[0].tiers.map(\.aboveInputTokens) == [0, 128_000])
    }

    @Test(arguments: ["", "{", "[]", "null", "{\"a\":{}}x"])
    func whatIsNoPriceFileIsRefused(_ text: String) {
        #expect(throws: CatalogError.self) { try liteLLM(text) }
        #expect(throws: CatalogError.self) { try portkey(text) }
    }

    @Test func importedModelsFillGapsOrWin() throws {
        let imported = try liteLLM(
            #"""
            {"gpt-4o-mini": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 9e-6},
             "brand-new": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-6}}
            """#
        )
        let catalog = try BuiltIn.catalog.get()
        let filled = catalog.merging(imported, preferImported: false)
        #expect(filled.model(named: "brand-new")?.prices[0].source == .imported)
        #expect(filled.model(named: "gpt-4o-mini")?.prices.count == 1)
        let preferred = catalog.merging(imported, preferImported: true)
        let rows = try #require(preferred.model(named: "gpt-4o-mini")?.prices)
        #expect(Set(rows.map(\.source)) == [.catalog, .imported])
        #expect(preferred.model(named: "gpt-4o-mini")?.price(at: Golden.time).source == .imported)
        // The import begins at microsecond 7 of the epoch.
        #expect(preferred.model(named: "gpt-4o-mini")?.price(at: 6).source == .catalog)
        let override = try PriceOverride(
            provider: "openai", model: "gpt-4o-mini", dollarsPerMillion: ["input": "1"], effectiveFrom: "2026-11-01"
        )
        let both = try #require(preferred.applying([override]).model(named: "gpt-4o-mini"))
        #expect(both.price(at: Golden.time).source == .override)
    }
}
