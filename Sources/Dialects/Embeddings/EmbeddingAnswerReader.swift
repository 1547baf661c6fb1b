import Bytes
import Vocabulary

/// Reads embeddings in a provider's form.
enum EmbeddingAnswerReader {
    static func read(_ root: JSONView, _ format: EmbeddingFormat) -> EmbeddingAnswer {
        switch format {
        case .openAI: openAI(root)
        case .gemini: gemini(root)
        case .vertex: vertex(root)
        case .cohere, .bedrockCohere: cohere(root)
        case .bedrockTitan: titan(root)
        }
    }

    private static func elements(_ list: JSONView?) -> [JSONView] { list.map { Array($0.elements) } ?? [] }

    private static func openAI(_ root: JSONView) -> EmbeddingAnswer {
        let data = elements(root["data"]).enumerated().sorted { left, right in
            (left.element["index"]?.int64 ?? Int64(left.offset))
                < (right.element["index"]?.int64 ?? Int64(right.offset))
        }
        var answer = EmbeddingAnswer(model: root["model"]?.string ?? "")
        answer.vectors = data.compactMap { item in
            guard let vector = item.element["embedding"] else { return nil }
            return vector.string.map { .base64($0) } ?? .numbers(vector.json)
        }
        if let usage = root["usage"], usage.kind == .object { answer.usage = OpenAIChatUsage.read(usage) }
        return answer
    }

    private static func gemini(_ root: JSONView) -> EmbeddingAnswer {
        // One text may also have been asked for by `embedContent`, which answers with one embedding.
        let list = root["embeddings"].map { elements($0) } ?? root["embedding"].map { [$0] } ?? []
        let vectors = list.compactMap { $0["values"].map { EmbeddingAnswer.Vector.numbers($0.json) } }
        return EmbeddingAnswer(vectors: vectors, usage: usage(root["usageMetadata"]?["promptTokenCount"]?.int64))
    }

    private static func vertex(_ root: JSONView) -> EmbeddingAnswer {
        var answer = EmbeddingAnswer()
        var tokens: Int64?
        for prediction in elements(root["predictions"]) {
            guard let embedding = prediction["embeddings"], let values = embedding["values"] else { continue }
            answer.vectors.append(.numbers(values.json))
            if let count = embedding["statistics"]?["token_count"]?.int64 { tokens = add(tokens, count) }
        }
        answer.usage = usage(tokens)
        return answer
    }

    private static func cohere(_ root: JSONView) -> EmbeddingAnswer {
        // By type where types were asked for, else a plain list.
        let list = root["embeddings"]?["float"] ?? root["embeddings"]
        let vectors = elements(list).map { EmbeddingAnswer.Vector.numbers($0.json) }
        return EmbeddingAnswer(vectors: vectors, usage: usage(root["meta"]?["billed_units"]?["input_tokens"]?.int64))
    }

    private static func titan(_ root: JSONView) -> EmbeddingAnswer {
        let vector = root["embedding"] ?? root["embeddingsByType"]?["float"]
        let vectors = vector.map { [EmbeddingAnswer.Vector.numbers($0.json)] } ?? []
        return EmbeddingAnswer(vectors: vectors, usage: usage(root["inputTextTokenCount"]?.int64))
    }

    private static func usage(_ tokens: Int64?) -> TokenUsage? {
        guard let tokens, tokens >= 0 else { return nil }
        var usage = TokenUsage()
        usage.uncachedInput = tokens
        return usage
    }

    /// Counts are a provider's: their sum must not trap.
    private static func add(_ sum: Int64?, _ count: Int64) -> Int64 {
        let (total, overflows) = (sum ?? 0).addingReportingOverflow(max(0, count))
        return overflows ? .max : total
    }
}
