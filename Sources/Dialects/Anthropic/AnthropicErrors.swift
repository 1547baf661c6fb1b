import Bytes

/// Reads and writes errors: `{"type": "error", "error": {"type", "message"}}`.
enum AnthropicErrors {
    static func read(_ body: UnsafeRawBufferPointer, status: Int) -> UpstreamError {
        let said: UpstreamError?? = JSONText.read(body) { root in
            root["error"].map { read($0, status: status) }
        }
        if let error = said ?? nil { return error }
        let text = String(decoding: body.prefix(500), as: UTF8.self)
        return UpstreamError(kind: .init(status: status, code: "", message: text), code: "", message: text)
    }

    private static func read(_ error: JSONView, status: Int) -> UpstreamError {
        let code = error["type"]?.string ?? ""
        let message = error["message"]?.string ?? error.string ?? "The provider gave no message."
        return UpstreamError(
            kind: kind(code, message, status), code: code, message: message, parameter: parameter(message)
        )
    }

    private static func kind(_ code: String, _ message: String, _ status: Int) -> UpstreamError.Kind {
        switch code {
        case "authentication_error": return .authentication
        case "permission_error": return .permission
        case "not_found_error": return .notFound
        case "rate_limit_error": return .rateLimited
        case "overloaded_error": return .overloaded
        case "billing_error": return .quota
        case "timeout_error": return .timeout
        case "api_error": return .server
        default: break
        }
        let words = message.lowercased()
        // A context that is full, and an answer that a filter stopped, are said in words alone.
        if words.contains("input length and `max_tokens` exceed") { return .contextWindow }
        if words.contains("content filtering policy") { return .contentPolicy }
        return .init(status: status, code: code, message: message)
    }

    /// Messages begin with the member's path where one is at fault: `messages.1.content.0: ...`.
    private static func parameter(_ message: String) -> String? {
        guard let colon = message.firstIndex(of: ":") else { return nil }
        let path = message[..<colon]
        guard !path.isEmpty, path.utf8.count <= 100 else { return nil }
        let isPath = path.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
        return isPath && (path.contains(".") || path.contains("_") || path.first?.isLowercase == true)
            ? String(path) : nil
    }

    /// The type of error that callers know, for a code of whatever provider.
    static func type(code: String) -> String {
        if code.hasSuffix("_error"), known.contains(code) { return code }
        switch UpstreamError.Kind(code: code) {
        case .invalidRequest, .contextWindow, .contentPolicy: return "invalid_request_error"
        case .authentication: return "authentication_error"
        case .permission: return "permission_error"
        case .notFound: return "not_found_error"
        case .rateLimited: return "rate_limit_error"
        case .overloaded: return "overloaded_error"
        case .quota: return "billing_error"
        case .timeout: return "timeout_error"
        case .server: return "api_error"
        }
    }

    private static let known: Set<String> = [
        "invalid_request_error", "authentication_error", "permission_error", "not_found_error", "rate_limit_error",
        "overloaded_error", "billing_error", "timeout_error", "api_error", "request_too_large",
    ]

    /// Writes the error as an event's data or a body.
    static func written(code: String, message: String) -> [UInt8] {
        JSONText.written { writer in
            writer.object { writer in
                writer.member("type", "error")
                writer.object("error") { writer in
                    writer.member("type", type(code: code))
                    writer.member("message", message)
                }
            }
        }
    }
}
