import Bytes

/// Reads errors in the form of `google.rpc.Status`.
enum GeminiErrors {
    /// `{"error": {...}}`, which streams that are JSON arrays wrap into an array.
    static func read(_ body: UnsafeRawBufferPointer, status: Int) -> UpstreamError {
        guard let root = try? JSONView.parse(body), let error = object(in: root) else {
            let text = String(decoding: body.prefix(2048), as: UTF8.self)
            return UpstreamError(kind: UpstreamError.Kind(status: status), code: "", message: text)
        }
        let code = error["status"]?.string ?? ""
        let message = error["message"]?.string ?? "The provider gave no message."
        var result = UpstreamError(
            kind: kind(error, code: code, message: message, status: status), code: code, message: message)
        result.parameter = detail(error, "fieldViolations")?.firstElement?["field"]?.string
        return result
    }

    static func object(in root: JSONView) -> JSONView? {
        var root = root
        if root.kind == .array, let first = root.firstElement { root = first }
        guard let error = root["error"], error.kind == .object else { return nil }
        return error
    }

    private static func kind(_ error: JSONView, code: String, message: String, status: Int) -> UpstreamError.Kind {
        if let kind = byReason(error, message) { return kind }
        switch code {
        case "UNAUTHENTICATED": return .authentication
        case "PERMISSION_DENIED": return .permission
        case "NOT_FOUND": return .notFound
        case "RESOURCE_EXHAUSTED": return isDaily(error) ? .quota : .rateLimited
        case "UNAVAILABLE": return .overloaded
        case "DEADLINE_EXCEEDED": return .timeout
        case "INTERNAL", "UNKNOWN", "DATA_LOSS": return .server
        default: return UpstreamError.Kind(status: status, code: code, message: message)
        }
    }

    /// A wrong key and a prompt that is too long come as `INVALID_ARGUMENT` like any other mistake.
    private static func byReason(_ error: JSONView, _ message: String) -> UpstreamError.Kind? {
        if detailText(error, "reason") == "API_KEY_INVALID" { return .authentication }
        let words = message.lowercased()
        if words.contains("api key not valid") || words.contains("api key expired") { return .authentication }
        if words.contains("input token count"), words.contains("exceeds the maximum") { return .contextWindow }
        return nil
    }

    /// A day's quota will not come back in the seconds that a retry waits.
    private static func isDaily(_ error: JSONView) -> Bool {
        guard let violations = detail(error, "violations") else { return false }
        return violations.elements.contains { $0["quotaId"]?.string?.contains("PerDay") ?? false }
    }

    private static func detail(_ error: JSONView, _ name: StaticString) -> JSONView? {
        guard let details = error["details"] else { return nil }
        for element in details.elements {
            if let value = element[name] { return value }
        }
        return nil
    }

    private static func detailText(_ error: JSONView, _ name: StaticString) -> String? { detail(error, name)?.string }

    /// Google's word for a failure, for callers of its format.
    static func status(_ code: String) -> (number: Int64, word: String) {
        let words: [String: Int64] = [
            "INVALID_ARGUMENT": 400, "UNAUTHENTICATED": 401, "PERMISSION_DENIED": 403, "NOT_FOUND": 404,
            "RESOURCE_EXHAUSTED": 429, "UNAVAILABLE": 503, "DEADLINE_EXCEEDED": 504,
        ]
        if let number = words[code] { return (number, code) }
        let isLimit = code.contains("rate_limit") || code.lowercased().contains("throttling")
        if isLimit { return (429, "RESOURCE_EXHAUSTED") }
        if code.contains("overloaded") || code.contains("Unavailable") { return (503, "UNAVAILABLE") }
        return (500, "INTERNAL")
    }
}
