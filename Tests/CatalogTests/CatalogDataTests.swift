import Catalog
import Testing
import Vocabulary

/// What every row of the embedded catalogue must satisfy.
@Suite struct CatalogDataTests {
    @Test func theCatalogueLoadsAndHoldsTheProvidersWePromise() throws {
        let catalog = try BuiltIn.catalog.get()
        #expect(CalendarDay.start(of: catalog.version) != nil)
        #expect(catalog.models.count >= 400)
        for provider in ["openai", "anthropic", "google", "mistral", "deepseek", "xai", "cohere", "bedrock", "groq"] {
            #expect(catalog.models(ofProvider: provider).count >= 5, "\(provider)")
        }
        for mode in ModelMode.allCases { #expect(catalog.models.contains { $0.mode == mode }, "\(mode)") }
    }

    @Test func everyPriceRowIsDatedSourcedAndComplete() throws {
        for model in try BuiltIn.catalog.get().models {
            for row in model.prices {
                #expect(CalendarDay.start(of: row.version) != nil, "\(model.name)")
                #expect(CalendarDay.start(of: row.checkedOn) != nil, "\(model.name)")
                #expect(row.sourceURL.hasPrefix("https://"), "\(model.name)")
                #expect(row.source == .catalog)
                #expect(row.base[.uncachedInput] != nil, "\(model.name)")
                #expect((row.base[.outputText] != nil) == (model.mode == .chat || model.mode == .completion))
            }
            #expect(Set(model.prices.map(\.version)).count == model.prices.count, "\(model.name)")
        }
    }

    @Test func everyTierIsPlausible() throws {
        for model in try BuiltIn.catalog.get().models {
            for row in model.prices {
                let places = row.tiers.map { "\($0.plan) \($0.aboveInputTokens)" }
                #expect(Set(places).count == places.count, "\(model.name) has a tier twice")
                for tier in row.tiers { expectPlausible(tier, of: model, base: row.base) }
            }
        }
    }

    private func expectPlausible(_ tier: PriceTier, of model: CatalogModel, base: BucketPrices) {
        for (bucket, price) in tier.prices.listed {
            // The dearest published price is $600 per million tokens; a tool call costs cents.
            let limit: Int64 = bucket == .serverToolCalls ? 100_000_000_000_000 : 1_000_000_000_000
            #expect((0...limit).contains(price), "\(model.name) \(bucket)")
        }
        let input = tier.prices[.uncachedInput] ?? -1
        #expect(input >= 0, "\(model.name)")
        #expect(tier.prices[.cacheRead] ?? 0 <= input, "\(model.name): a cache hit dearer than a miss")
        let standard = base[.uncachedInput] ?? 0
        if tier.plan == .batch || tier.plan == .flex, tier.aboveInputTokens == 0 {
            #expect(input <= standard, "\(model.name): \(tier.plan) dearer than standard")
        }
        if tier.plan == .priority { #expect(input >= standard, "\(model.name): priority cheaper than standard") }
        if tier.aboveInputTokens > 0 {
            #expect(tier.aboveInputTokens >= 10_000 && tier.prices[.outputText] != nil, "\(model.name)")
        }
    }

    @Test func factsAreInRange() throws {
        for model in try BuiltIn.catalog.get().models {
            #expect(!model.name.isEmpty && !model.provider.isEmpty)
            if let window = model.contextWindow { #expect((128...20_000_000).contains(window), "\(model.name)") }
            if let longest = model.maxOutputTokens { #expect((1...20_000_000).contains(longest), "\(model.name)") }
            if let day = model.retiresOn { #expect(CalendarDay.start(of: day) != nil, "\(model.name)") }
            #expect(["us", "eu", "cn", "ca"].contains(model.region ?? ""), "\(model.name)")
            if model.mode == .moderation { #expect(model.prices[0].base[.uncachedInput] == 0) }
        }
    }

    @Test func onlyPublishedTermsSayWhetherInputsTrainModels() throws {
        let catalog = try BuiltIn.catalog.get()
        let stated = Set(catalog.models.filter { $0.trainsOnInputs != nil }.map(\.provider))
        #expect(stated == ["openai", "anthropic", "xai", "bedrock", "together", "deepinfra"])
        #expect(!catalog.models.contains { $0.trainsOnInputs == true })
    }

    @Test func capabilitiesAreNamed() throws {
        let model = try #require(try BuiltIn.catalog.get().model(named: "gpt-4o-mini"))
        #expect(model.capabilities.isSuperset(of: [.tools, .vision, .jsonSchema, .promptCaching]))
        #expect(model.capabilities.names.contains("json_schema"))
        #expect(ModelCapabilities.table.map(\.capability.rawValue).reduce(0, |) == 0xFFF)
    }

    @Test(arguments: [
        ("{", "catalog_not_json"), ("[]", "catalog_unexpected_layout"),
        (#"{"format":2,"models":[]}"#, "catalog_unexpected_layout"),
        (#"{"format":1,"models":[{"provider":"a","model":"b"}]}"#, "catalog_unexpected_layout"),
        (#"{"format":1,"models":[{"provider":"a","model":"b","mode":"chat"}]}"#, "catalog_unexpected_layout"),
        (
            #"{"format":1,"models":[{"provider":"a","model":"b","mode":"chat","prices":[{"version":"1","#
                + #""effective_from":"2026-01-01","rates":[{"input":-1}]}]}]}"#, "catalog_unexpected_layout"
        ),
    ])
    func aDamagedCatalogueSaysWhatIsWrong(_ text: String, _ code: String) {
        let error = #expect(throws: CatalogError.self) {
            try Array(text.utf8).withUnsafeBytes { _ = try Catalog(json: $0) }
        }
        #expect(error?.code.rawValue == code)
        #expect(error?.advice.isEmpty == false)
    }
}
