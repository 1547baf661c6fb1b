import Access
import Bytes
import HTTPTypes
import Hummingbird
import Runtime
import Storage
import Vocabulary

/// `/summary`.
func summaryEndpoints(_ services: ControlServices) -> [Endpoint] {
    [
        .admin(
            .get, "/summary", parameters: ["from", "to", "interval", "group_by", "value", "environment", "limit"],
            scope: .recordsRead
        ) { request, principal in
            let query = try seriesQuery(request.query, project: principal.project, now: services.time.now())
            let groups = try await services.events.series(query)
            let totals = try await totals(query, groups, services.events)
            return Answers.object { write(query, totals, groups, to: &$0) }
        }
    ]
}

private func seriesQuery(
    _ query: QueryItems, project: ProjectID, now: UnixMicroseconds
) throws(APIError) -> SeriesQuery {
    let range = try SummaryRange(
        from: try query.time("from"), to: try query.time("to"),
        interval: try query.choice("interval", as: RollupGrain.self), now: now
    )
    let dimension = try query.choice("group_by", as: RollupDimension.self) ?? .total
    let value = try query.text("value")
    if value != nil, dimension == .total {
        throw .invalidParameter("value", expected: "left out unless `group_by` names a field")
    }
    return SeriesQuery(
        project: project, environment: try query.text("environment"), from: range.from, to: range.to,
        grain: range.interval, dimension: dimension, value: value,
        limit: try query.integer("limit", in: 1...1000) ?? 20
    )
}

/// The sums over every call that the query means. Groups do not add up to them: a call may have several tags, or none,
/// and groups beyond the limit are left out.
private func totals(
    _ query: SeriesQuery, _ groups: [SeriesGroup], _ events: any EventStore
) async throws -> RollupValues {
    var groups = groups
    if query.dimension != .total, query.value == nil {
        var whole = query
        whole.dimension = .total
        whole.limit = 1
        groups = try await events.series(whole)
    }
    return groups.reduce(into: RollupValues()) { $0.add($1.totals) }
}

private func write(
    _ query: SeriesQuery, _ totals: RollupValues, _ groups: [SeriesGroup], to json: inout JSONWriter
) {
    json.member("from", time: query.from)
    json.member("to", time: query.to)
    json.member("interval", query.grain.rawValue)
    json.member("group_by", query.dimension.rawValue)
    json.key("totals")
    writeObject(totals, to: &json)
    json.key("groups")
    json.beginArray()
    for group in groups { write(group, to: &json) }
    json.endArray()
}

private func write(_ group: SeriesGroup, to json: inout JSONWriter) {
    json.beginObject()
    json.member("value", group.value)
    json.key("totals")
    writeObject(group.totals, to: &json)
    json.key("points")
    json.beginArray()
    for point in group.points {
        json.beginObject()
        json.member("at", time: point.at)
        write(point.values, to: &json)
        json.endObject()
    }
    json.endArray()
    json.endObject()
}

private func writeObject(_ values: RollupValues, to json: inout JSONWriter) {
    json.beginObject()
    write(values, to: &json)
    json.endObject()
}

private func write(_ values: RollupValues, to json: inout JSONWriter) {
    json.member("calls", values.calls)
    json.member("errors", values.errors)
    json.member("cancelled", values.cancelled)
    json.member("input_tokens", values.inputTokens)
    json.member("cached_tokens", values.cachedTokens)
    json.member("output_tokens", values.outputTokens)
    json.member("cost_nanodollars", values.cost)
    json.member("unpriced", values.unpriced)
    json.member("saved_nanodollars", values.savedCost)
    write("latency_ms", values.latency, to: &json)
    write("time_to_first_token_ms", values.firstToken, to: &json)
}

/// Quantiles, or null where nothing was measured.
private func write(_ name: StaticString, _ histogram: LatencyHistogram, to json: inout JSONWriter) {
    json.key(name)
    guard histogram.count > 0 else { return json.null() }
    json.beginObject()
    json.member("p50", milliseconds: histogram.quantile(0.5))
    json.member("p95", milliseconds: histogram.quantile(0.95))
    json.member("p99", milliseconds: histogram.quantile(0.99))
    json.endObject()
}
