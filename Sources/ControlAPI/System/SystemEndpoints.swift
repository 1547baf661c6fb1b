import Bytes
import HTTPTypes
import Hummingbird
import Storage
import Vocabulary

/// `/status`, `/health`, `/reload`, `/openapi.json` and `/metrics`.
func systemEndpoints(_ services: ControlServices) -> [Endpoint] {
    [
        .admin(.get, "/status", scope: .recordsRead) { _, _ in
            let status = try await services.status()
            return Answers.object { write(status, to: &$0) }
        },
        .open(.get, Endpoint.root + "/health") { _ in
            let state = services.health()
            return Answers.object(state == .ok ? .ok : .serviceUnavailable) { $0.member("status", state.rawValue) }
        },
        .admin(.post, "/reload") { _, _ in try await reload(services) },
        .open(.get, Endpoint.root + "/openapi.json") { _ in
            Answers.bytes(OpenAPIDocument.bytes, type: "application/json")
        },
        .open(.get, "/metrics") { _ in
            let text = PrometheusText.render(await services.metrics())
            return Answers.bytes(text, type: "text/plain; version=0.0.4; charset=utf-8")
        },
    ]
}

private func reload(_ services: ControlServices) async throws -> Response {
    do {
        let report = try await services.reload()
        return Answers.object { json in
            json.member("reloaded", true)
            json.member("changes", report.changes)
        }
    } catch let failure as ReloadFailure {
        throw APIError(
            status: .unprocessableContent, code: "reload_failed",
            message: "The configuration in force stays. \(failure.message)"
        )
    }
}

private func write(_ status: SystemStatus, to json: inout JSONWriter) {
    json.member("version", status.version)
    json.member("started_at", time: status.startedAt)
    json.member("uptime_s", Int64(status.uptimeSeconds))
    json.member("environment", status.environment)
    json.key("store")
    json.beginObject()
    json.member("spans", Int64(status.store.spans))
    json.member("contents", Int64(status.store.contents))
    json.member("disk_bytes", status.store.diskBytes)
    json.endObject()
    json.key("journal")
    json.beginObject()
    json.member("backlog_bytes", status.journal.backlogBytes)
    json.member("limit_bytes", status.journal.limitBytes)
    json.member("segments", Int64(status.journal.segments))
    json.endObject()
    json.member("open_requests", Int64(status.openRequests))
    json.key("providers")
    json.beginArray()
    for provider in status.providers { write(provider, to: &json) }
    json.endArray()
}

private func write(_ provider: ProviderStatus, to json: inout JSONWriter) {
    json.beginObject()
    json.member("name", provider.name)
    json.member("dialect", provider.dialect.rawValue)
    json.member("base_url", provider.baseURL)
    json.member("healthy", provider.healthy)
    json.endObject()
}
