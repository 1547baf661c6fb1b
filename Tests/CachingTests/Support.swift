import Bytes
import Caching
import Dialects
import Vocabulary

/// A question about a JSON text.
func key(
    _ json: String, project: String = "p", namespace: String = "", route: String = "r", operation: String = "chat",
    variants: [String] = []
) -> CacheKey {
    withQuestion(json, project, namespace, route, operation, variants) { $0.key }
}

/// The family of a request, and what the user said; `nil` where it can't be looked up by meaning.
func family(_ json: String, format: WireFormat = .openAIChat) -> (key: CacheKey, text: String)? {
    withQuestion(json, "p", "", "r", "chat", []) { question in
        LastUserText(question.body, format: format).map { (question.family(of: $0), $0.text) }
    }
}

private func withQuestion<Result>(
    _ json: String, _ project: String, _ namespace: String, _ route: String, _ operation: String,
    _ variants: [String], _ body: (CacheQuestion) -> Result
) -> Result {
    Array(json.utf8).withUnsafeBytes { bytes in
        body(
            CacheQuestion(
                scope: CacheScope(project: project, namespace: namespace, route: route), operation: operation,
                body: JSONView(validated: bytes), variants: variants
            )
        )
    }
}

/// An answer of some size that is good for `ttl` seconds from `at` seconds on.
func answer(_ text: String = "{}", at: Int64 = 0, ttl: Int64 = 100, source: UInt64 = 1) -> StoredAnswer {
    StoredAnswer(
        body: Array(text.utf8), format: .openAIChat, source: RequestID(high: 0, low: source),
        storedAt: at * 1_000_000, expiresAt: (at + ttl) * 1_000_000
    )
}

func id(_ number: UInt64) -> CacheKey { CacheKey(ID128(high: 7, low: number)) }

/// SplitMix64: the same numbers for the same seed.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
