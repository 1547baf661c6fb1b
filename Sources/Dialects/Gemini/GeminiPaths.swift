/// The paths of Gemini's API, where model and method stand: `models/<model>:<method>`.
package enum GeminiPaths {
    /// What a caller's path asks for.
    package enum Method: String, Sendable, CaseIterable {
        case generateContent, streamGenerateContent, countTokens, embedContent, batchEmbedContents
    }

    /// Reads a path, of Google's API or Vertex's, with or without what stands before `models/`; `nil` if it is neither.
    ///
    /// - Parameter path: Without the query, percent-decoded.
    package static func parse(_ path: String) -> (model: String, method: Method)? {
        guard let colon = path.lastIndex(of: ":") else { return nil }
        guard let method = Method(rawValue: String(path[path.index(after: colon)...])) else { return nil }
        let name = path[..<colon]
        guard name.contains("models/") else { return nil }
        let model = GeminiNames.model(String(name))
        return model.isEmpty ? nil : (model, method)
    }

    /// How a streaming answer is framed: events if the query says `alt=sse`, otherwise one JSON array.
    package static func framing(query: String) -> StreamFraming {
        query.split(separator: "&").contains("alt=sse") ? .serverSentEvents : .jsonArray
    }
}
