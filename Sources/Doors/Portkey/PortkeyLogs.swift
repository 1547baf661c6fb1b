import Access
import Runtime
import Storage
import Vocabulary

/// Calls that a client made by itself and wants recorded.
enum PortkeyLogs {
    /// Takes one entry, or an array of them.
    static func store(_ request: DoorRequest, _ services: DoorServices) async throws -> JSONTree {
        guard let store = services.store, let principal = request.principal else {
            throw DoorError.notDone("Storing records of calls made elsewhere", instead: "Send the calls through here.")
        }
        guard principal.may(.recordsWrite) else { throw AccessError.scopeRequired }
        let entries: [JSONTree]
        if case .array(let all) = request.body { entries = all } else { entries = [request.body] }
        guard (1...1_000).contains(entries.count) else { throw DoorError.invalid("body", "1 to 1000 entries") }
        // All are read before the first is stored: a wrong one must not leave half a batch.
        var spans: [SpanRecord] = []
        for (at, entry) in entries.enumerated() {
            spans.append(
                try span(entry, at == 0 ? request.id : services.makeRequestID(), principal, services.time.now()))
        }
        for span in spans { try await store(span) }
        return ["status": "success"]
    }

    /// - Parameter now: When the entry came; the call ended then.
    static func span(
        _ entry: JSONTree, _ id: ID128, _ principal: Principal, _ now: UnixMicroseconds
    ) throws(DoorError) -> SpanRecord {
        guard let request = entry["request"], let response = entry["response"] else {
            throw .invalid("request", "given, with `response`: {\"request\": {...}, \"response\": {...}}")
        }
        var span = SpanRecord(
            id: id, project: principal.project, environment: principal.environment, keyID: principal.keyID)
        span.organisation = principal.organisation
        span.team = principal.team
        span.user = entry["metadata"]?["_user"]?.text ?? principal.user
        span.endpoint = request["url"]?.text ?? ""
        span.requestModel = request["body"]?["model"]?.text ?? ""
        span.upstreamModel = span.requestModel
        span.responseModel = response["body"]?["model"]?.text
        span.provider = request["provider"]?.text ?? ""
        let duration = max(0, response["response_time"]?.integer ?? 0) * 1_000
        span.timing.startedAt = now - duration
        span.timing.endedAfter = duration
        readOutcome(response, into: &span)
        readMetadata(entry["metadata"], into: &span)
        return span
    }

    private static func readOutcome(_ response: JSONTree, into span: inout SpanRecord) {
        span.httpStatus = Int(response["status"]?.integer ?? 0)
        span.outcome = (200..<300).contains(span.httpStatus) ? .ok : .error
        if span.outcome == .error { span.errorCode = "status_\(span.httpStatus)" }
        let choice = response["body"]?["choices"]?.elements.first
        span.finishReason = choice?["finish_reason"]?.text
        span.outputPreview = String((choice?["message"]?["content"]?.text ?? "").prefix(200))
        guard let usage = response["body"]?["usage"] else { return }
        // OpenAI's counts: the cached part is within the input, reasoning within the output.
        let cached = usage["prompt_tokens_details"]?["cached_tokens"]?.integer ?? 0
        let reasoning = usage["completion_tokens_details"]?["reasoning_tokens"]?.integer ?? 0
        span.usage.cacheRead = max(0, cached)
        span.usage.uncachedInput = max(0, (usage["prompt_tokens"]?.integer ?? 0) - cached)
        span.usage.reasoning = max(0, reasoning)
        span.usage.outputText = max(0, (usage["completion_tokens"]?.integer ?? 0) - reasoning)
        span.usageSource = .reported
    }

    private static func readMetadata(_ metadata: JSONTree?, into span: inout SpanRecord) {
        for member in (metadata?.members ?? []).prefix(50) {
            let value = member.value.text ?? String(decoding: member.value.json, as: UTF8.self)
            switch member.key {
            case "traceId", "trace_id": span.traceID = ID128(hex: value)
            default: break
            }
            span.metadata.append(MetadataPair(key: String(member.key.prefix(100)), value: String(value.prefix(512))))
        }
    }
}

/// What users thought of an answer.
enum PortkeyFeedback {
    static func store(_ request: DoorRequest, _ services: DoorServices) async throws -> JSONTree {
        guard let store = services.feedback, let principal = request.principal else {
            throw DoorError.notDone(
                "Feedback", instead: "It is refused rather than dropped; keep it on your side for now.")
        }
        guard principal.may(.recordsWrite) else { throw AccessError.scopeRequired }
        let entries: [JSONTree]
        if case .array(let all) = request.body { entries = all } else { entries = [request.body] }
        let feedback = try entries.prefix(1_000).map { try read($0, principal.project) }
        var ids: [String] = []
        for one in feedback { ids.append(try await store(one)) }
        return ["status": "success", "message": "Feedback saved", "feedback_ids": .texts(ids)]
    }

    private static func read(_ entry: JSONTree, _ project: ProjectID) throws(DoorError) -> DoorFeedback {
        guard let trace = entry["trace_id"]?.text else { throw .invalid("trace_id", "given") }
        guard let value = entry["value"]?.double else { throw .invalid("value", "a number") }
        return DoorFeedback(
            project: project, subject: trace, value: value, weight: entry["weight"]?.double ?? 1,
            metadata: (entry["metadata"]?.members ?? []).prefix(50).map {
                MetadataPair(key: $0.key, value: $0.value.text ?? String(decoding: $0.value.json, as: UTF8.self))
            })
    }
}

extension JSONTree {
    var double: Double? {
        switch self {
        case .int(let number): Double(number)
        case .number(let text): Double(text)
        default: nil
        }
    }
}
