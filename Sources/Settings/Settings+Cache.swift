extension Settings {
    /// The answer cache (`cache`). It takes part only where a route or a call asks for it.
    package struct Cache: Sendable, Equatable {
        /// Memory for stored answers, in bytes; vectors take up to half as much beside them.
        package var maxBytes = 256 << 20
        /// How long an answer is kept where neither route nor call says.
        package var ttl = Duration.seconds(7 * 86_400)
        /// Finding answers to questions that mean nearly the same.
        package var semantic = Semantic()

        package init() {}
    }

    /// Answers found by meaning (`cache.semantic`).
    package struct Semantic: Sendable, Equatable {
        /// The embedding model, by the name that callers use; without one, semantic routes find equal requests only.
        package var model: String?
        /// The least cosine similarity where neither route nor call says.
        package var threshold = 0.95
        /// Vectors in memory.
        package var maxVectors = 50_000
        /// The model that judges samples; without one, the rate of false hits is not known.
        package var judgeModel: String?
        /// The part of semantic hits that is asked again and judged; the first twenty always are.
        package var sample = 0.02
        /// The rate of false hits that thresholds are raised for.
        package var target = 0.02

        package init() {}
    }
}
