import Storage
import Vocabulary

/// A recorded call as OpenRouter describes a generation.
enum OpenRouterGeneration {
    static func find(_ request: DoorRequest, _ services: DoorServices) async throws -> JSONTree {
        let id = request.query["id"] ?? ""
        let bare = id.hasPrefix("gen-") ? id.dropFirst(4) : id[...]
        guard let requestID = ID128(hex: bare) else {
            throw DoorError.invalid("id", "the `id` of an answer, such as `gen-0192...`, or a request id")
        }
        guard let span = try await services.events.span(requestID, project: request.project) else {
            throw DoorError.notFound(
                "There is no generation `\(id.prefix(60))`. A call is found a moment after its end.")
        }
        return generation(span)
    }

    static func generation(_ span: SpanRecord) -> JSONTree {
        identity(span).with(timing(span)).with(tokens(span)).with([
            "upstream_id": nil, "cache_discount": nil, "app_id": nil, "num_media_prompt": nil,
            "num_input_audio_prompt": nil, "num_input_audio": nil, "num_media_completion": nil,
            "num_search_results": .int(span.usage.serverToolCalls), "num_fetches": nil, "web_search_engine": nil,
            "origin": "", "router": nil, "provider_responses": nil, "user_agent": nil, "http_referer": nil,
            "preset_id": nil, "service_tier": nil, "data_region": "global", "workspace_id": .string(span.project),
        ])
    }

    private static func identity(_ span: SpanRecord) -> JSONTree {
        let cost = Dollars.number(span.receipt?.total ?? .zero)
        return [
            "id": .string("gen-" + span.id.hex), "request_id": .string(span.id.uuid),
            "model": .string(span.requestModel), "provider_name": .string(span.provider),
            "created_at": .string(RFC3339.format(span.timing.startedAt)), "total_cost": cost, "usage": cost,
            "upstream_inference_cost": cost, "is_byok": false, "external_user": .text(span.user),
            "session_id": .text(span.session), "api_type": span.operation == .embeddings ? "embeddings" : "completions",
            "response_cache_source_id": .text(span.cacheSource.map { "gen-" + $0.hex }),
        ]
    }

    private static func timing(_ span: SpanRecord) -> JSONTree {
        let first = span.timing.firstTokenAfter ?? span.timing.firstByteAfter ?? span.timing.endedAfter
        return [
            "latency": .int(first / 1_000), "generation_time": .int((span.timing.endedAfter - first) / 1_000),
            "moderation_latency": nil, "streamed": .bool(span.streamed),
            "cancelled": .bool(span.outcome == .cancelled), "finish_reason": .text(span.finishReason),
            "native_finish_reason": .text(span.finishReason),
        ]
    }

    private static func tokens(_ span: SpanRecord) -> JSONTree {
        let usage = span.usage
        return [
            "tokens_prompt": .int(usage.totalInput), "tokens_completion": .int(usage.totalOutput),
            "native_tokens_prompt": .int(usage.totalInput), "native_tokens_completion": .int(usage.totalOutput),
            "native_tokens_reasoning": .int(usage.reasoning), "native_tokens_cached": .int(usage.cacheRead),
            "native_tokens_completion_images": nil,
        ]
    }
}
