import Bytes
import Vocabulary

/// Writes the members of a `RequestSummary`, in the order of the documentation.
///
/// - Parameter cost: The receipt's total, which a list carries apart; `nil` where no price is known.
func writeSummary(_ span: SpanRecord, cost: Money?, to json: inout JSONWriter) {
    json.member("id", span.id.uuid)
    json.member("started_at", time: span.timing.startedAt)
    json.member("environment", span.environment)
    writeCall(span, to: &json)
    writeOutcome(span, to: &json)
    writeLabels(span, to: &json)
    json.member("key_id", span.keyID)
    json.member("trace_id", span.traceID?.hex)
    json.member("span_id", hexString(span.spanID))
    json.member("parent_span_id", span.parentSpanID.map(hexString))
    json.member("duration_ms", milliseconds: span.timing.endedAfter)
    json.member("time_to_first_token_ms", milliseconds: span.timing.firstTokenAfter)
    writeUsage(span.usage, span.usageSource, to: &json)
    json.member("cost_nanodollars", cost)
    json.member("saved_nanodollars", span.savedCost)
    json.member("input_preview", span.inputPreview)
    json.member("output_preview", span.outputPreview)
}

private func writeCall(_ span: SpanRecord, to json: inout JSONWriter) {
    json.member("operation", span.operation.rawValue)
    json.member("dialect", span.dialect.rawValue)
    json.member("endpoint", span.endpoint)
    json.member("provider", span.provider)
    json.member("model", span.requestModel)
    json.member("upstream_model", span.upstreamModel)
    json.member("response_model", span.responseModel)
    json.member("streamed", span.streamed)
}

private func writeOutcome(_ span: SpanRecord, to json: inout JSONWriter) {
    json.member("status", span.outcome.rawValue)
    json.member("http_status", Int64(span.httpStatus))
    json.member("error_code", span.errorCode)
    json.member("error_message", span.errorMessage)
    json.member("finish_reason", span.finishReason)
    json.member("attempts", Int64(span.attempts))
    json.member("route", span.route)
    json.member("fallback_index", Int64(span.fallbackIndex))
    json.member("cache", span.cache?.rawValue)
}

private func writeLabels(_ span: SpanRecord, to json: inout JSONWriter) {
    json.member("team", span.team)
    json.member("customer", span.customer)
    json.member("user", span.user)
    json.member("session", span.session)
    json.member("feature", span.feature)
    json.member("tags", span.tags)
    json.key("metadata")
    json.beginObject()
    // A caller may send a name twice; an object with a repeated name reads differently in different languages.
    var written: Set<String> = []
    for pair in span.metadata where written.insert(pair.key).inserted {
        json.key(pair.key)
        json.string(pair.value)
    }
    json.endObject()
}

private func writeUsage(_ usage: TokenUsage, _ source: UsageSource, to json: inout JSONWriter) {
    json.key("usage")
    json.beginObject()
    json.member("input", usage.uncachedInput)
    json.member("cache_read", usage.cacheRead)
    json.member("cache_write_5m", usage.cacheWrite5m)
    json.member("cache_write_1h", usage.cacheWrite1h)
    json.member("audio_input", usage.audioInput)
    json.member("image_input", usage.imageInput)
    json.member("output", usage.outputText)
    json.member("reasoning", usage.reasoning)
    json.member("audio_output", usage.audioOutput)
    json.member("server_tool_calls", usage.serverToolCalls)
    json.member("total_input", usage.totalInput)
    json.member("total_output", usage.totalOutput)
    json.member("total", usage.total)
    json.member("source", source.rawValue)
    json.endObject()
}
