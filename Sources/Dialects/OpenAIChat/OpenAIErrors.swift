import Bytes

/// Errors of OpenAI and of the many that nearly write them alike.
enum OpenAIErrors {
    /// Reads a body of any of the known forms; one of none of them becomes its own first words.
    static func read(_ body: UnsafeRawBufferPointer, status: Int) -> UpstreamError {
        guard let root = try? JSONView.parse(body) else {
            return make(status: status, code: "", message: text(body, status))
        }
        let found = find(root)
        let message = found.message.isEmpty ? text(body, status) : found.message
        return make(status: status, code: found.code, message: message, parameter: found.parameter)
    }

    private static func make(status: Int, code: String, message: String, parameter: String? = nil) -> UpstreamError {
        let kind = UpstreamError.Kind(status: status, code: code, message: message)
        return UpstreamError(kind: kind, code: code, message: message, parameter: parameter)
    }

    struct Found {
        var code = ""
        var message = ""
        var parameter: String?
    }

    static func find(_ root: JSONView) -> Found {
        // Google's compatible endpoint puts the object into an array; Cloudflare has a list of errors.
        if root.kind == .array, let first = firstElement(root) { return find(first) }
        if let list = root["errors"], list.kind == .array, let first = firstElement(list) { return read(first) }
        if let error = root["error"]?.unlessNull {
            // Ollama and Hugging Face write the text alone.
            if let text = error.string { return Found(code: word(root["error_type"]), message: text) }
            return read(error)
        }
        // Mistral's and FastAPI's errors stand at the top.
        if let detail = root["detail"]?.unlessNull { return self.detail(detail) }
        return read(root)
    }

    private static func read(_ error: JSONView) -> Found {
        let inner = word(error["innererror"]?["code"])
        let codes = [word(error["code"]), word(error["error_code"]), word(error["type"]), word(error["status"]), inner]
        let code = codes.first { !$0.isEmpty && Int($0) == nil } ?? codes.first { !$0.isEmpty } ?? ""
        // OpenRouter keeps the words of the provider behind it apart.
        let raw = error["metadata"]?["raw"]?.string
        let message = error["message"]?.string ?? error["detail"]?.string ?? ""
        return Found(
            code: code, message: raw.map { "\(message): \($0)" } ?? message, parameter: error["param"]?.string)
    }

    private static func detail(_ detail: JSONView) -> Found {
        if let text = detail.string { return Found(message: text) }
        guard let first = firstElement(detail) else { return read(detail) }
        let place = first["loc"]?.elements.map { $0.string ?? String(decoding: $0.raw, as: UTF8.self) } ?? []
        let path = place.filter { $0 != "body" }.joined(separator: ".")
        return Found(
            code: word(first["type"]), message: first["msg"]?.string ?? "", parameter: path.isEmpty ? nil : path)
    }

    private static func word(_ value: JSONView?) -> String {
        guard let value = value?.unlessNull else { return "" }
        if let text = value.string { return text }
        return value.kind == .number ? String(decoding: value.raw, as: UTF8.self) : ""
    }

    private static func firstElement(_ list: JSONView) -> JSONView? {
        var elements = list.elements
        return elements.next()
    }

    /// The beginning of a body that is no JSON (a proxy's page, say), short enough for a log line.
    private static func text(_ body: UnsafeRawBufferPointer, _ status: Int) -> String {
        let start = String(decoding: body.prefix(400), as: UTF8.self)
        return start.isEmpty ? "The provider answered \(status) without a body." : start
    }
}
