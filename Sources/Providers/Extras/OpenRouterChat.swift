import Bytes
import Vocabulary

/// OpenRouter's members of chat completions and their chunks.
enum OpenRouterChat {
    static func extend(_ root: JSONView, _ facts: OpenRouterExtras.Facts, _ patch: inout JSONPatch) {
        patch.setMember("id", value: OpenRouterJSON.string(OpenRouterExtras.generationID(facts.requestID)), in: root)
        patch.setMember("provider", value: OpenRouterJSON.string(facts.provider), in: root)
        let isChunk = root["object"]?.isString("chat.completion.chunk") == true
        if root["created"] == nil { patch.setMember("created", value: Array(String(facts.now).utf8), in: root) }
        if !isChunk, root["system_fingerprint"] == nil {
            patch.setMember("system_fingerprint", value: OpenRouterJSON.null, in: root)
        }
        var isLast = !isChunk
        root["choices"]?.forEachElement { choice in
            guard choice.kind == .object else { return }
            let reason = choice["finish_reason"]
            if reason == nil { patch.setMember("finish_reason", value: OpenRouterJSON.null, in: choice) }
            guard let reason, !reason.isNull, choice["native_finish_reason"] == nil else { return }
            isLast = true
            patch.setMember("native_finish_reason", value: Array(reason.raw), in: choice)
        }
        if let usage = root["usage"] { OpenRouterUsage.extend(usage, facts, &patch, names: .chat) }
        guard isLast, let route = facts.route else { return }
        patch.setMember("openrouter_metadata", value: OpenRouterJSON.metadata(route, facts), in: root)
    }
}

/// OpenRouter's members of a Responses object, and those that its client insists on.
enum OpenRouterResponses {
    private static let nullable: [StaticString] = [
        "error", "incomplete_details", "instructions", "metadata", "temperature", "top_p", "frequency_penalty",
        "presence_penalty",
    ]

    static func extend(_ response: JSONView, _ facts: OpenRouterExtras.Facts, _ patch: inout JSONPatch) {
        for key in nullable where response[key] == nil {
            patch.setMember(key, value: OpenRouterJSON.null, in: response)
        }
        if response["completed_at"] == nil {
            patch.setMember("completed_at", value: completedAt(response, facts), in: response)
        }
        if response["created_at"] == nil {
            patch.setMember("created_at", value: Array(String(facts.now).utf8), in: response)
        }
        add("parallel_tool_calls", "true", response, &patch)
        add("tool_choice", "\"auto\"", response, &patch)
        add("tools", "[]", response, &patch)
        patch.setMember("provider", value: OpenRouterJSON.string(facts.provider), in: response)
        if let usage = response["usage"] { OpenRouterUsage.extend(usage, facts, &patch, names: .responses) }
        guard isComplete(response), let route = facts.route else { return }
        patch.setMember("openrouter_metadata", value: OpenRouterJSON.metadata(route, facts), in: response)
    }

    private static func add(_ key: StaticString, _ json: String, _ response: JSONView, _ patch: inout JSONPatch) {
        if response[key] == nil { patch.setMember(key, value: Array(json.utf8), in: response) }
    }

    private static func isComplete(_ response: JSONView) -> Bool { response["status"]?.isString("completed") == true }

    private static func completedAt(_ response: JSONView, _ facts: OpenRouterExtras.Facts) -> [UInt8] {
        isComplete(response) ? Array(String(facts.now).utf8) : OpenRouterJSON.null
    }
}

/// Small JSON values.
enum OpenRouterJSON {
    static let null = Array("null".utf8)

    static func string(_ text: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.string(text)
        return writer.bytes
    }

    static func metadata(_ route: OpenRouterExtras.Route, _ facts: OpenRouterExtras.Facts) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("requested")
        writer.string(route.requested)
        writer.key("strategy")
        writer.string(route.fallbackIndex > 0 ? "fallback" : "direct")
        writer.key("region")
        writer.null()
        writer.key("summary")
        writer.string("Answered by \(facts.provider) at attempt \(route.attempts).")
        writer.key("attempt")
        writer.int(route.attempts)
        writer.key("is_byok")
        writer.bool(false)
        writer.key("endpoints")
        writer.beginObject()
        writer.key("total")
        writer.int(1)
        writer.key("available")
        writer.beginArray()
        writer.beginObject()
        writer.key("provider")
        writer.string(facts.provider)
        writer.key("model")
        writer.string(route.upstreamModel)
        writer.key("selected")
        writer.bool(true)
        writer.endObject()
        writer.endArray()
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }
}
