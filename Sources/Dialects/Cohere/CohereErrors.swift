import Bytes

/// Reads errors: `{"id": ..., "message": ...}`, the kind by the status.
enum CohereErrors {
    static func read(_ body: UnsafeRawBufferPointer, status: Int) -> UpstreamError {
        guard let root = try? JSONView.parse(body), let message = root["message"]?.string, !message.isEmpty else {
            let text = String(decoding: body.prefix(2048), as: UTF8.self)
            return UpstreamError(kind: kind(status, text), code: "", message: text)
        }
        let code = root["code"]?.string ?? ""
        return UpstreamError(kind: kind(status, message), code: code, message: message)
    }

    private static func kind(_ status: Int, _ message: String) -> UpstreamError.Kind {
        let words = message.lowercased()
        switch status {
        case 498: return .contentPolicy  // a word of the deny-list in the request or the answer
        case 499: return .timeout
        case 429 where words.contains("trial key") && words.contains("month"): return .quota
        case 400, 422:
            if words.contains("too many tokens") || words.contains("total number of tokens") { return .contextWindow }
            return UpstreamError.Kind(status: status, code: "", message: message)
        default: return UpstreamError.Kind(status: status, code: "", message: message)
        }
    }
}
