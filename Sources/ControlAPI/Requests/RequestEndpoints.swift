import Access
import Bytes
import HTTPTypes
import Hummingbird
import Storage
import Telemetry
import Vocabulary

/// `/requests`, `/requests/live` and `/requests/{id}`.
func requestEndpoints(_ services: ControlServices) -> [Endpoint] {
    let slots = LiveSlots(limit: services.maximumLiveStreams)
    return [
        .admin(
            .get, "/requests", parameters: ["limit", "cursor", "count", "order"] + RequestFilters.parameters,
            scope: .recordsRead
        ) { request, principal in
            try await list(request.query, principal.project, services.events)
        },
        .admin(
            .get, "/requests/live", parameters: RequestFilters.parameters, scope: .recordsRead
        ) { request, principal in
            let filter = try RequestFilters.read(request.query, project: principal.project)
            return liveResponse(filter, slot: try slots.take(), services)
        },
        .admin(.get, "/requests/{id}", scope: .recordsRead) { request, principal in
            try await detail(request.parameters.get("id") ?? "", principal.project, services.events)
        },
    ]
}

/// The parameter `order`.
private enum Order: String, CaseIterable {
    case desc, asc
}

private func list(_ query: QueryItems, _ project: ProjectID, _ events: any EventStore) async throws -> Response {
    let filter = try RequestFilters.read(query, project: project)
    let descending = try query.choice("order", as: Order.self) != .asc
    let list: Cursor.List = descending ? .requestsDescending : .requestsAscending
    let limit = try query.integer("limit", in: 1...1000) ?? 50
    let counts = try query.flag("count") == true
    let after = try Cursor(query, for: list).map(position)
    let page = try await events.spans(SpanQuery(filter: filter, limit: limit, descending: descending, after: after))
    let total = counts ? try await events.count(filter) : nil
    return Answers.list(page.spans, next: page.next.map { Cursor(list, $0.bytes) }, total: total) { summary, json in
        json.beginObject()
        writeSummary(summary.span, cost: summary.cost, to: &json)
        json.endObject()
    }
}

private func position(_ cursor: Cursor) throws(APIError) -> RequestID {
    guard let id = RequestID(bytes: cursor.position) else { throw Cursor.invalid }
    return id
}

private func detail(
    _ text: String, _ project: ProjectID, _ events: any EventStore & ContentStore
) async throws -> Response {
    guard let id = RequestID(hex: text), let span = try await events.span(id, project: project) else {
        throw APIError.notFound(
            "There is no request with this id in the project. It is the answer's `x-signalbox-request-id`, "
                + "and shows up here within a second of the answer's end."
        )
    }
    let references = Set(span.input.references + span.output.references)
    let contents = try await events.contents(Array(references), project: project)
    let request = rebuilt(span.input, contents, .request)
    let response = rebuilt(span.output, contents, .response)
    return Answers.object { json in
        writeSummary(span, cost: span.receipt?.total, to: &json)
        writeDetail(span, request: request, response: response, to: &json)
    }
}

private func rebuilt(
    _ manifest: BodyManifest, _ contents: [ContentHash: [UInt8]], _ side: BodyRebuilder.Side
) -> RecordedBody {
    let text = BodyRebuilder.text(manifest, contents: contents)
    return RecordedBody(
        body: text == nil ? BodyRebuilder.body(manifest, contents: contents) : nil, text: text,
        messages: BodyRebuilder.messages(manifest, contents: contents, side: side)
    )
}
