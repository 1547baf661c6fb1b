import Bytes
import Catalog
import HTTPTypes
import Hummingbird
import Storage
import Vocabulary

/// `/models`.
func modelEndpoints(_ services: ControlServices) -> [Endpoint] {
    [
        .admin(
            .get, "/models", parameters: ["limit", "cursor", "count", "name", "provider", "dialect", "capability"],
            scope: .recordsRead
        ) { request, _ in
            let models = try filtered(services.models(), by: request.query).sorted { identity($0) < identity($1) }
            let page = try ListPage(of: models, .models, query: request.query, identity: identity)
            return Answers.list(page.items, next: page.next, total: page.total) { write($0, to: &$1) }
        }
    ]
}

/// Two providers may serve the same name.
private func identity(_ model: ModelListing) -> String { "\(model.name)\u{0}\(model.provider)" }

private func filtered(_ models: [ModelListing], by query: QueryItems) throws(APIError) -> [ModelListing] {
    let name = try query.text("name")
    let provider = try query.text("provider")
    let dialect = try query.choice("dialect", as: Dialect.self)
    let capability = try query.text("capability")
    return models.filter { model in
        (name.map { $0 == model.name } ?? true)
            && (provider.map { $0 == model.provider } ?? true)
            && (dialect.map { $0 == model.dialect } ?? true)
            && (capability.map(model.capabilities.contains) ?? true)
    }
}

private func write(_ model: ModelListing, to json: inout JSONWriter) {
    json.beginObject()
    json.member("name", model.name)
    json.member("provider", model.provider)
    json.member("dialect", model.dialect.rawValue)
    json.member("upstream_model", model.upstreamModel)
    json.key("price")
    if let price = model.price { write(price, to: &json) } else { json.null() }
    json.member("context_window", model.contextWindow)
    json.member("max_output_tokens", model.maximumOutputTokens)
    json.member("capabilities", model.capabilities)
    json.member("trains_on_inputs", model.trainsOnInputs)
    json.member("region", model.region)
    json.endObject()
}

private func write(_ price: PriceRow, to json: inout JSONWriter) {
    json.beginObject()
    json.member("version", price.version)
    json.member("effective_from", time: price.effectiveFrom)
    json.member("source", price.source.rawValue)
    json.member("source_url", price.sourceURL)
    json.member("checked_on", price.checkedOn)
    json.member("evidence", price.evidence.rawValue)
    write(price.base, to: &json)
    json.key("tiers")
    json.beginArray()
    for tier in price.tiers where tier.plan != .standard || tier.aboveInputTokens > 0 {
        json.beginObject()
        json.member("plan", tier.plan.rawValue)
        json.member("above_input_tokens", tier.aboveInputTokens)
        write(tier.prices, to: &json)
        json.endObject()
    }
    json.endArray()
    json.endObject()
}

private func write(_ prices: BucketPrices, to json: inout JSONWriter) {
    json.key("nanodollars_per_million")
    json.beginObject()
    for (bucket, price) in prices.listed {
        json.key(bucket.rawValue)
        json.int(price)
    }
    json.endObject()
}
