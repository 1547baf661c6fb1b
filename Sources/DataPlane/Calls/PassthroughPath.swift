import Dialects

/// What a passed-through path says beside its body.
enum PassthroughPath {
    /// Gemini and Bedrock have the model in the path, all others in the body.
    static func says(_ path: Substring) -> CallerPath {
        if let (model, method) = GeminiPaths.parse(String(path)) {
            return CallerPath(model: model, streams: method == .streamGenerateContent)
        }
        return bedrock(path) ?? CallerPath()
    }

    /// `/model/<id>/<operation>`.
    private static func bedrock(_ path: Substring) -> CallerPath? {
        let parts = path.split(separator: "/")
        guard parts.count == 3, parts[0] == "model" else { return nil }
        return CallerPath(model: PercentEncoding.decoded(parts[1]), streams: parts[2].hasSuffix("-stream"))
    }
}
