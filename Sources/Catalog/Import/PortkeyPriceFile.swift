import Bytes
import Vocabulary

/// Reads one of Portkey's `pricing/<provider>.json`: one object, a member per model, US cents per token.
package enum PortkeyPriceFile {
    /// Reads every model that is priced per token of text.
    ///
    /// - Parameter provider: the file's name without `.json`; our id or Portkey's (`x-ai`).
    /// - Throws: `notJSON`, or `unexpectedLayout` if the text is no object. A bad entry is skipped, not thrown.
    package static func read(
        _ bytes: UnsafeRawBufferPointer, provider: String, stamp: PriceImportStamp
    ) throws(CatalogError) -> PriceImport {
        let root = try ImportedJSON.object(bytes, what: "one of Portkey's price files")
        let provider = ProviderName.canonical(provider)
        var tables: [(name: String, table: RateTable?)] = []
        var places: [String: Int] = [:]
        for (key, entry) in root.members where key != "default" {
            // A model with two context tiers is written as two entries.
            let (name, above) = Self.split(key.string)
            let place = places[name] ?? tables.count
            if place == tables.count { tables.append((name, RateTable())) }
            places[name] = place
            if !add(entry, above: above, to: &tables[place].table) { tables[place].table = nil }
        }
        var result = PriceImport()
        for (name, table) in tables { add(name, table, provider: provider, stamp: stamp, to: &result) }
        return result
    }

    private static func add(
        _ name: String, _ table: RateTable?, provider: String, stamp: PriceImportStamp, to result: inout PriceImport
    ) {
        guard let table else { return result.skip(name, .notRepresentable) }
        let tiers = table.tiers()
        guard !tiers.isEmpty else { return result.skip(name, table.rates.isEmpty ? .otherUnit : .noPrice) }
        let mode: ModelMode = tiers[0].prices[.outputText] ?? 0 > 0 ? .chat : .embedding
        let row = stamp.row(tiers: tiers, sourceURL: nil)
        result.keep(CatalogModel(provider: provider, name: name, mode: mode, prices: [row]))
    }

    /// `gemini-2.5-pro-gt-128k` is `gemini-2.5-pro` above 128,000 tokens.
    private static func split(_ key: String) -> (name: String, above: Int64) {
        if key.hasSuffix("-lte-128k") { return (String(key.dropLast(9)), 0) }
        if key.hasSuffix("-gt-128k") { return (String(key.dropLast(8)), 128_000) }
        return (key, 0)
    }

    private static func add(_ entry: JSONView, above: Int64, to table: inout RateTable?) -> Bool {
        guard table != nil, let config = entry["pricing_config"] else { return table != nil }
        var fine = add(config["pay_as_you_go"], .standard, above, to: &table)
        fine = add(config["batch_config"], .batch, above, to: &table) && fine
        let modes = entry["custom_pricing"]?["regions"]?["default"]?["execution_modes"]
        for (plan, key) in [(PricePlan.flex, "flex" as StaticString), (.priority, "priority")] {
            let prices = modes?[key]?["pricing_config"]?["pay_as_you_go"]
            fine = add(prices, plan, above, to: &table) && fine
        }
        return fine
    }

    /// False if a price can't be represented.
    private static func add(
        _ prices: JSONView?, _ plan: PricePlan, _ above: Int64, to table: inout RateTable?
    ) -> Bool {
        guard let prices else { return true }
        for (key, value) in prices.members {
            if key == "additional_units" {
                guard add(value, plan, above, to: &table) else { return false }
            } else if let bucket = bucket(key), let number = value["price"] {
                guard let price = ImportedJSON.price(number, .centsPerUnit) else { return false }
                table?.set(bucket, price, plan: plan, above: above)
            }
        }
        return true
    }

    private static func bucket(_ key: JSONKeyView) -> PriceBucket? {
        switch key {
        case "request_token": .uncachedInput
        case "response_token": .outputText
        case "cache_read_input_token": .cacheRead
        case "cache_write_input_token": .cacheWrite5m
        case "cache_write_1h": .cacheWrite1h
        case "request_audio_token": .audioInput
        case "request_image_token": .imageInput
        case "response_audio_token": .audioOutput
        case "reasoning_token", "thinking_token": .reasoning
        case "web_search": .serverToolCalls
        default: nil
        }
    }
}
