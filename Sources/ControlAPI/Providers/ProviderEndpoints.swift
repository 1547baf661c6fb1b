import Bytes
import HTTPTypes
import Hummingbird
import Storage
import Vocabulary

/// `/providers`.
func providerEndpoints(_ services: ControlServices) -> [Endpoint] {
    [
        .admin(
            .get, "/providers", parameters: ["limit", "cursor", "count", "name"], scope: .recordsRead
        ) { request, _ in
            let name = try request.query.text("name")
            let all = services.providers().filter { name == nil || name == $0.name }.sorted { $0.name < $1.name }
            let page = try ListPage(of: all, .providers, query: request.query, identity: \.name)
            return Answers.list(page.items, next: page.next, total: page.total) { provider, json in
                json.beginObject()
                write(provider, to: &json)
                json.endObject()
            }
        }
    ]
}

private func write(_ provider: ProviderListing, to json: inout JSONWriter) {
    json.member("name", provider.name)
    json.member("preset", provider.preset)
    json.member("dialect", provider.dialect.rawValue)
    json.member("host", provider.host)
    json.member("formats", provider.formats)
    json.list("targets", provider.targets) { json, target in
        json.member("model", target.model)
        writeHealth(target.health, to: &json)
    }
}

/// Writes the members of a target's health.
func writeHealth(_ health: TargetHealthListing, to json: inout JSONWriter) {
    json.member("breaker", health.breaker.rawValue)
    json.member("in_flight", Int64(health.inFlight))
    json.member("requests", Int64(health.requests))
    json.key("error_rate")
    if health.requests > 0 { json.double(Double(health.failures) / Double(health.requests)) } else { json.null() }
    json.member("p50_ms", milliseconds: health.p50)
    json.member("p95_ms", milliseconds: health.p95)
    json.key("tokens_per_second")
    if let rate = health.tokensPerSecond { json.double(rate) } else { json.null() }
    json.member("cooling_until", time: health.coolingUntil)
    json.member("last_error", health.lastError)
    json.member("last_error_at", time: health.lastErrorAt)
}
