import Bytes
import Vocabulary

/// Writes the response object, which repeats much of its request.
struct ResponsesObject {
    let context: AnswerContext
    var id: String
    var model: String
    /// `in_progress`, `completed`, `incomplete` or `failed`.
    var status = "in_progress"
    var incompleteReason: String?
    var error: (code: String, message: String)?
    var output: [[UInt8]] = []
    var usage: TokenUsage?
    var serviceTier: String?

    init(_ context: AnswerContext, id: String, model: String) {
        self.context = context
        // Other formats' prefixes would say what it is not.
        let other = ["resp_", "chatcmpl-", "msg_"].first(where: id.hasPrefix) ?? ""
        self.id = "resp_" + (id.isEmpty ? context.requestID : String(id.dropFirst(other.count)))
        self.model = model.isEmpty ? context.model : model
    }

    /// What item ids are made of.
    var baseID: String { String(id.dropFirst("resp_".count)) }

    /// Takes over why the answer ended.
    mutating func end(_ stop: Stop, refuses: Bool) {
        switch stop.reason {
        case .length, .contextWindow: (status, incompleteReason) = ("incomplete", "max_output_tokens")
        case .contentFilter: (status, incompleteReason) = ("incomplete", "content_filter")
        // A refusal in words is a whole answer; one without is a filter's.
        case .refusal where !refuses: (status, incompleteReason) = ("incomplete", "content_filter")
        case .error:
            status = "failed"
            error = error ?? ("server_error", "The provider failed before the answer was complete.")
        case .end, .stopSequence, .toolCalls, .refusal, .pause, .other: status = "completed"
        }
    }

    private static let null = Array("null".utf8)

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("object", "response")
            writer.member("created_at", context.createdAt)
            writer.member("status", status)
            writer.member("background", false)
            writer.key("completed_at")
            if status == "completed" { writer.int(context.createdAt) } else { writer.null() }
            writeEnd(to: &writer)
            writeRequest(to: &writer)
            writer.member("model", model)
            writer.array("output") { writer in
                for item in output { writer.raw(item) }
            }
            writeTools(to: &writer)
            writeAccount(to: &writer)
            writer.key("usage")
            if let usage { Self.write(usage, to: &writer) } else { writer.null() }
        }
    }

    private func writeEnd(to writer: inout JSONWriter) {
        writer.key("error")
        if let error {
            writer.object { writer in
                writer.member("code", error.code)
                writer.member("message", error.message)
            }
        } else {
            writer.null()
        }
        writer.key("incomplete_details")
        if let incompleteReason {
            writer.object { $0.member("reason", incompleteReason) }
        } else {
            writer.null()
        }
    }

    private func writeRequest(to writer: inout JSONWriter) {
        let request = context.request
        writer.key("instructions")
        if let text = instructions(request) { writer.string(text) } else { writer.null() }
        Self.write("max_output_tokens", request.maximumOutputTokens, to: &writer)
        writer.member("previous_response_id", json: Self.null)
        writer.object("reasoning") { writer in
            Self.write("effort", request.reasoning?.effort, to: &writer)
            Self.write("summary", request.reasoning?.summary, to: &writer)
        }
        writer.member("store", false)
        writer.member("temperature", request.temperature ?? NumberText("1.0"))
        writer.member("top_p", request.topP ?? NumberText("1.0"))
        writer.member("top_logprobs", request.topLogprobs ?? 0)
        writer.object("text") { writer in
            writer.key("format")
            ResponsesToolWriter.write(request.format, to: &writer)
            for extra in request.extras where extra.name == "text.verbosity" {
                writer.member("verbosity", json: extra.json)
            }
        }
        writer.member("truncation", "disabled")
    }

    private func instructions(_ request: ModelRequest) -> String? {
        for part in request.system where part.extras.contains(where: { $0.name == "instructions" }) {
            if case .text(let text) = part.content { return text }
        }
        return nil
    }

    private func writeTools(to writer: inout JSONWriter) {
        let request = context.request
        writer.member("parallel_tool_calls", request.parallelToolCalls ?? true)
        writer.key("tool_choice")
        ResponsesToolWriter.write(request.toolChoice ?? .auto, to: &writer)
        writer.array("tools") { writer in
            for tool in request.tools { ResponsesToolWriter.write(tool, isOwn: true, to: &writer) }
        }
    }

    private func writeAccount(to writer: inout JSONWriter) {
        let request = context.request
        writer.object("metadata") { writer in
            for pair in request.metadata {
                writer.key(pair.key)
                writer.string(pair.value)
            }
        }
        Self.write("user", request.user, to: &writer)
        Self.write("prompt_cache_key", request.cacheKey, to: &writer)
        writer.member("service_tier", Self.tier(serviceTier ?? request.serviceTier))
    }

    /// Clients know these words only.
    private static func tier(_ tier: String?) -> String {
        guard let tier, ["auto", "default", "flex", "scale", "priority"].contains(tier) else { return "default" }
        return tier
    }

    private static func write(_ name: StaticString, _ value: String?, to writer: inout JSONWriter) {
        writer.key(name)
        if let value { writer.string(value) } else { writer.null() }
    }

    private static func write(_ name: StaticString, _ value: Int64?, to writer: inout JSONWriter) {
        writer.key(name)
        if let value { writer.int(value) } else { writer.null() }
    }

    /// Input includes cached tokens and output reasoning here.
    static func write(_ usage: TokenUsage, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("input_tokens", usage.totalInput)
            writer.object("input_tokens_details") { writer in
                writer.member("cached_tokens", usage.cacheRead)
                writer.member("cache_write_tokens", usage.cacheWrite5m + usage.cacheWrite1h)
            }
            writer.member("output_tokens", usage.totalOutput)
            writer.object("output_tokens_details") { $0.member("reasoning_tokens", usage.reasoning) }
            writer.member("total_tokens", usage.total)
        }
    }

    /// The codes that clients know, for a code of whatever provider.
    static func errorCode(_ code: String) -> String {
        switch UpstreamError.Kind(code: code) {
        case .rateLimited, .quota: "rate_limit_exceeded"
        case .invalidRequest, .contextWindow, .contentPolicy: "invalid_prompt"
        default: "server_error"
        }
    }
}
