import Access
import Bytes
import Catalog
import Gateway
import Vocabulary

/// `GET /v1/models` in the caller's dialect: the models that its key may use.
struct ModelList {
    private let routes: [ModelRoute]
    private let dialect: Dialect

    init(plan: GatewayPlan, principal: Principal, dialect: Dialect) {
        routes = plan.routes.values.filter { principal.mayUse(model: $0.name) }.sorted { $0.name < $1.name }
        self.dialect = dialect
    }

    func all() -> [UInt8] {
        var writer = JSONWriter()
        if dialect == .gemini { return gemini(&writer) }
        writer.beginObject()
        writer.key("object")
        writer.string("list")
        writer.key("data")
        writer.beginArray()
        for route in routes { write(route, to: &writer) }
        writer.endArray()
        if dialect == .anthropic { writePaging(to: &writer) }
        writer.endObject()
        return writer.bytes
    }

    /// One model; `nil` where there is none of that name.
    func one(_ id: String) -> [UInt8]? {
        guard let route = routes.first(where: { $0.name == id }) else { return nil }
        var writer = JSONWriter()
        if dialect == .gemini {
            writeGemini(route, to: &writer)
            return writer.bytes
        }
        write(route, to: &writer)
        return writer.bytes
    }

    private func write(_ route: ModelRoute, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("id")
        writer.string(route.name)
        switch dialect {
        case .openai, .gemini, .bedrock, .cohere:
            writer.key("object")
            writer.string("model")
            writer.key("created")
            writer.int(0)
            writer.key("owned_by")
            writer.string(route.first.provider.name)
        case .anthropic:
            writer.key("type")
            writer.string("model")
            writer.key("display_name")
            writer.string(route.name)
            writer.key("created_at")
            writer.string("1970-01-01T00:00:00Z")
        }
        writer.endObject()
    }

    private func gemini(_ writer: inout JSONWriter) -> [UInt8] {
        writer.beginObject()
        writer.key("models")
        writer.beginArray()
        for route in routes { writeGemini(route, to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    private func writeGemini(_ route: ModelRoute, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("name")
        writer.string("models/\(route.name)")
        writer.key("displayName")
        writer.string(route.name)
        if let window = route.first.catalogModel?.contextWindow {
            writer.key("inputTokenLimit")
            writer.int(window)
        }
        if let most = route.first.catalogModel?.maxOutputTokens {
            writer.key("outputTokenLimit")
            writer.int(most)
        }
        writer.key("supportedGenerationMethods")
        writer.beginArray()
        for method in ["generateContent", "streamGenerateContent", "countTokens"] { writer.string(method) }
        writer.endArray()
        writer.endObject()
    }

    private func writePaging(to writer: inout JSONWriter) {
        writer.key("has_more")
        writer.bool(false)
        writer.key("first_id")
        if let first = routes.first { writer.string(first.name) } else { writer.null() }
        writer.key("last_id")
        if let last = routes.last { writer.string(last.name) } else { writer.null() }
    }
}
