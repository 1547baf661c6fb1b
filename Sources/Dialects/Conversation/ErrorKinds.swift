extension UpstreamError.Kind {
    /// What a status and a provider's own words say about a failure. Words decide before the status: providers send a
    /// full context window and a refused prompt as 400 like any other mistake.
    package init(status: Int, code: String, message: String) {
        let words = (code + " " + message).lowercased()
        // "Too many tokens" in a 429 is about a minute, not about the context window.
        let rules = status == 429 ? Self.named.filter { $0.kind == .quota } : Self.named
        if let named = rules.first(where: { rule in rule.words.contains { words.contains($0) } }) {
            self = named.kind
        } else {
            self = Self(status: status)
        }
    }

    /// What a status alone says.
    package init(status: Int) {
        switch status {
        case 401: self = .authentication
        case 402: self = .quota
        case 403: self = .permission
        case 404: self = .notFound
        case 408, 504: self = .timeout
        case 429: self = .rateLimited
        case 503, 529: self = .overloaded
        case 500...: self = .server
        default: self = .invalidRequest
        }
    }

    private static let named: [(kind: Self, words: [String])] = [
        (
            .contextWindow,
            [
                "context_length_exceeded", "maximum context length", "context window", "prompt is too long",
                "input is too long", "too many tokens", "exceeds the maximum number of tokens", "context length",
                "max_model_len", "exceed context",
            ]
        ),
        (
            .contentPolicy,
            [
                "content_filter", "content_policy", "responsibleaipolicyviolation", "content management policy",
                "data_inspection_failed", "safety system", "usage policies",
            ]
        ),
        (
            .quota,
            [
                "insufficient_quota", "insufficient balance", "credit balance", "exceeded your current quota",
                "billing_hard_limit", "payment required", "insufficient credits",
            ]
        ),
        (.overloaded, ["overloaded", "no healthy upstream", "model is currently loading"]),
    ]
}
