/// `.../models/<model>:<method>`, of Google's API (`/v1beta/models/...`) and Vertex's (`/v1/projects/...`).
enum GeminiPath {
    private static let methods: Set<String> = ["generateContent", "streamGenerateContent", "countTokens"]

    /// `nil` for other paths.
    static func split(_ path: String) -> (model: String, method: String)? {
        guard let colon = path.lastIndex(of: ":") else { return nil }
        let method = String(path[path.index(after: colon)...])
        let parts = path[..<colon].split(separator: "/")
        guard methods.contains(method), parts.count >= 2, parts[parts.count - 2] == "models" else { return nil }
        return (BedrockPath.decoded(parts[parts.count - 1]), method)
    }
}
