import Bytes
import Vocabulary

/// Reads models in our own layout. Each object is walked once: the file is read at every start.
struct CatalogDecoder {
    private struct Provider {
        var region: String?
        var trainsOnInputs: Bool?
    }

    private var providers: [String: Provider] = [:]
    /// Few source addresses stand in many rows: they share one string each.
    private var sources: [String: String] = [:]
    private var days: [String: UnixMicroseconds] = [:]

    init(providers list: JSONView?) {
        guard let list else { return }
        for entry in list.elements {
            guard let id = entry["id"]?.string else { continue }
            providers[id] = Provider(region: entry["region"]?.string, trainsOnInputs: entry["trains_on_inputs"]?.bool)
        }
    }

    mutating func model(_ entry: JSONView) throws(CatalogError) -> CatalogModel {
        var facts = Facts()
        for (key, value) in entry.members { facts.read(key, value) }
        guard let provider = facts.provider, let name = facts.name, let mode = facts.mode else {
            throw Self.bad("a model without provider, name or mode", of: facts.name)
        }
        var rows: [PriceRow] = []
        if let prices = facts.prices {
            for row in prices.elements { rows.append(try priceRow(row, model: name)) }
        }
        guard !rows.isEmpty else { throw Self.bad("no price row", of: name) }
        var model = CatalogModel(provider: provider, name: name, mode: mode, prices: rows)
        model.aliases = facts.aliases
        model.contextWindow = facts.contextWindow
        model.maxOutputTokens = facts.maxOutputTokens
        model.capabilities = facts.capabilities
        model.region = facts.region ?? providers[provider]?.region
        model.trainsOnInputs = facts.trainsOnInputs ?? providers[provider]?.trainsOnInputs
        model.retiresOn = facts.retiresOn
        return model
    }

    private mutating func priceRow(_ entry: JSONView, model: String) throws(CatalogError) -> PriceRow {
        var row = PriceRow(version: "", effectiveFrom: 0, source: .catalog, tiers: [])
        var day: String?
        for (key, value) in entry.members {
            switch key {
            case "version": row.version = value.string ?? ""
            case "effective_from": day = value.string
            case "source": row.sourceURL = shared(value.string ?? "")
            case "checked": row.checkedOn = value.string ?? ""
            case "evidence": row.evidence = value.string.flatMap(PriceEvidence.init) ?? .single
            case "rates": for rate in value.elements { row.tiers.append(try Self.tier(rate, model: model)) }
            default: break
            }
        }
        guard let start = day.flatMap({ self.start(of: $0) }) else {
            throw Self.bad("no effective_from day", of: model)
        }
        row.effectiveFrom = start
        guard !row.version.isEmpty, row.base[.uncachedInput] != nil else {
            throw Self.bad("no version or no standard input price", of: model)
        }
        return row
    }

    private static func tier(_ entry: JSONView, model: String) throws(CatalogError) -> PriceTier {
        var tier = PriceTier(plan: .standard, aboveInputTokens: 0, prices: BucketPrices())
        for (key, value) in entry.members {
            switch key {
            case "plan":
                guard let plan = value.string.flatMap(PricePlan.init(rawValue:)) else {
                    throw bad("unknown plan", of: model)
                }
                tier.plan = plan
            case "above": tier.aboveInputTokens = value.int64 ?? 0
            default:
                guard let bucket = PriceBucket(rawValue: key.string), let price = value.int64, price >= 0 else {
                    throw bad("bad price `\(key.string)`", of: model)
                }
                tier.prices[bucket] = price
            }
        }
        return tier
    }

    private mutating func shared(_ text: String) -> String {
        if let known = sources[text] { return known }
        sources[text] = text
        return text
    }

    private mutating func start(of day: String) -> UnixMicroseconds? {
        if let known = days[day] { return known }
        let start = CalendarDay.start(of: day)
        days[day] = start
        return start
    }

    private static func bad(_ what: String, of model: String?) -> CatalogError {
        CatalogError(
            .unexpectedLayout, cause: "\(what) in model `\(model ?? "?")`",
            advice: "Correct that entry of the catalogue file."
        )
    }
}

/// The members of one model's object.
private struct Facts {
    var provider: String?
    var name: String?
    var aliases: [String] = []
    var mode: ModelMode?
    var contextWindow: Int64?
    var maxOutputTokens: Int64?
    var capabilities: ModelCapabilities = []
    var region: String?
    var trainsOnInputs: Bool?
    var retiresOn: String?
    var prices: JSONView?

    mutating func read(_ key: JSONKeyView, _ value: JSONView) {
        switch key {
        case "provider": provider = value.string
        case "model": name = value.string
        case "aliases": aliases = value.elements.compactMap(\.string)
        case "mode": mode = value.string.flatMap(ModelMode.init)
        case "context_window": contextWindow = value.int64
        case "max_output_tokens": maxOutputTokens = value.int64
        case "capabilities": for item in value.elements { capabilities.formUnion(Self.capability(item)) }
        case "region": region = value.string
        case "trains_on_inputs": trainsOnInputs = value.bool
        case "retires": retiresOn = value.string
        case "prices": prices = value
        default: break
        }
    }

    private static func capability(_ item: JSONView) -> ModelCapabilities {
        ModelCapabilities.table.first { item.isString($0.name) }?.capability ?? []
    }
}
