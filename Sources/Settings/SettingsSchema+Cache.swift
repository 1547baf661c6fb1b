extension SettingsSchema {
    static let cache: [Field<Settings.Cache>] = {
        let new = Settings.Cache()
        return [
            .value(
                "max_bytes", \.maxBytes, .size((1 << 20)...(64 << 30)), of: new,
                "Memory for stored answers; what was used longest ago goes first."),
            .value(
                "ttl", \.ttl, .duration(atLeast: .seconds(1)), of: new,
                "How long an answer is kept where neither route nor call says."),
            .section("semantic", \.semantic, semantic, "Finding answers to questions that mean nearly the same."),
        ]
    }()

    private static let semantic: [Field<Settings.Semantic>] = {
        let new = Settings.Semantic()
        return [
            .optional(
                "model", \.model, .text("model"),
                "Embedding model, by the name that callers use; without one, only equal requests are found."),
            .value(
                "threshold", \.threshold, .fraction(0.5...0.999), of: new,
                "The least cosine similarity where neither route nor call says."),
            .value(
                "max_vectors", \.maxVectors, .count(100...10_000_000), of: new,
                "Vectors in memory; they take up to half of `max_bytes` beside it."),
            .optional(
                "judge_model", \.judgeModel, .text("model"),
                "Model that judges samples of hits; without one, the rate of false hits is not measured."),
            .value(
                "sample", \.sample, .fraction(0...1), of: new,
                "Part of semantic hits that is asked again and judged; the first twenty always are."),
            .value(
                "target", \.target, .fraction(0.001...0.5), of: new,
                "Rate of false hits above which a route's threshold rises by itself."),
        ]
    }()
}

extension ValueKind where Value == Double {
    /// A number in a range.
    static func fraction(_ range: ClosedRange<Double>) -> ValueKind {
        ValueKind(
            name: "number", expected: "a number from \(range.lowerBound) to \(range.upperBound)",
            parse: { text in Double(text).flatMap { range.contains($0) ? $0 : nil } }, show: { "\($0)" }
        )
    }
}
