import Bytes
import Vocabulary

/// Reads LiteLLM's `model_prices_and_context_window.json`: one object, a member per model, dollars per token.
package enum LiteLLMPriceFile {
    /// Reads every model that is priced per token of text.
    ///
    /// - Throws: `notJSON`, or `unexpectedLayout` if the text is no object. A bad entry is skipped, not thrown.
    package static func read(
        _ bytes: UnsafeRawBufferPointer, stamp: PriceImportStamp
    ) throws(CatalogError) -> PriceImport {
        let root = try ImportedJSON.object(bytes, what: "LiteLLM's price file")
        var result = PriceImport()
        for (key, entry) in root.members where key != "sample_spec" {
            let name = key.string
            switch model(name, entry, stamp: stamp) {
            case .success(let model): result.keep(model)
            case .failure(let failure): result.skip(name, failure.reason)
            }
        }
        return result
    }

    private static func model(
        _ key: String, _ entry: JSONView, stamp: PriceImportStamp
    ) -> Result<CatalogModel, SkippedEntry> {
        guard entry.kind == .object, let word = entry["litellm_provider"]?.string else {
            return .failure(SkippedEntry(reason: .malformed))
        }
        guard let mode = mode(entry["mode"]) else { return .failure(SkippedEntry(reason: .otherUnit)) }
        guard let table = table(entry) else { return .failure(SkippedEntry(reason: .notRepresentable)) }
        let tiers = mode == .moderation ? [ImportedJSON.free] : table.tiers()
        guard !tiers.isEmpty else { return .failure(SkippedEntry(reason: .noPrice)) }
        let provider = ProviderName.canonical(word)
        let row = stamp.row(tiers: tiers, sourceURL: entry["source"]?.string)
        var model = CatalogModel(provider: provider, name: name(key, word, provider), mode: mode, prices: [row])
        model.contextWindow = entry["max_input_tokens"]?.int64
        model.maxOutputTokens = entry["max_output_tokens"]?.int64
        model.retiresOn = entry["deprecation_date"]?.string
        model.capabilities = capabilities(entry)
        return .success(model)
    }

    /// The key without the provider's word before its first slash; other slashes belong to the model's name.
    private static func name(_ key: String, _ word: String, _ provider: String) -> String {
        guard let slash = key.firstIndex(of: "/") else { return key }
        let head = String(key[..<slash])
        return head == word || ProviderName.canonical(head) == provider ? String(key[key.index(after: slash)...]) : key
    }

    private static func mode(_ value: JSONView?) -> ModelMode? {
        switch value?.string {
        case "chat", "responses": .chat
        case "completion": .completion
        case "embedding": .embedding
        case "moderation": .moderation
        default: nil
        }
    }

    /// Every per-token price; `nil` if one of them can't be represented.
    private static func table(_ entry: JSONView) -> RateTable? {
        var table = RateTable()
        for (key, value) in entry.members where value.kind == .number {
            guard let meaning = LiteLLMPriceKey(key.string) else { continue }
            guard let price = ImportedJSON.price(value, .dollarsPerUnit) else { return nil }
            table.set(meaning.bucket, price, plan: meaning.plan, above: meaning.above)
        }
        if let search = entry["search_context_cost_per_query"]?["search_context_size_medium"] {
            guard let price = ImportedJSON.price(search, .dollarsPerUnit) else { return nil }
            table.set(.serverToolCalls, price)
        }
        return addTiers(of: entry, to: &table) ? table : nil
    }

    /// `tiered_pricing`: a list of ranges of input tokens with the same price keys.
    private static func addTiers(of entry: JSONView, to table: inout RateTable) -> Bool {
        guard let list = entry["tiered_pricing"] else { return true }
        for tier in list.elements {
            var bounds = tier["range"]?.elements
            guard let above = bounds?.next()?.int64 else { return false }
            for (key, value) in tier.members where value.kind == .number {
                guard let meaning = LiteLLMPriceKey(key.string) else { continue }
                guard let price = ImportedJSON.price(value, .dollarsPerUnit) else { return false }
                table.set(meaning.bucket, price, above: above)
            }
        }
        return true
    }

    private static func capabilities(_ entry: JSONView) -> ModelCapabilities {
        var all: ModelCapabilities = []
        for (key, value) in entry.members where value.bool == true {
            switch key {
            case "supports_function_calling": all.insert(.tools)
            case "supports_parallel_function_calling": all.insert(.parallelTools)
            case "supports_vision": all.insert(.vision)
            case "supports_pdf_input": all.insert(.pdf)
            case "supports_audio_input": all.insert(.audioInput)
            case "supports_audio_output": all.insert(.audioOutput)
            case "supports_video_input": all.insert(.videoInput)
            case "supports_response_schema": all.insert(.jsonSchema)
            case "supports_reasoning": all.insert(.reasoning)
            case "supports_prompt_caching": all.insert(.promptCaching)
            case "supports_web_search": all.insert(.webSearch)
            case "supports_computer_use": all.insert(.computerUse)
            default: break
            }
        }
        return all
    }
}
