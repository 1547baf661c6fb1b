/// What a model of Anthropic's takes, as far as its name tells: the API refuses what a model has not.
///
/// From the provider's migration guides: thinking came with 3.7, structured outputs and the rule against temperature
/// together with top_p with 4.1, adaptive thinking with 4.6; 4.7 took thinking budgets and sampling away; 4.8 brought
/// system messages inside a conversation.
struct AnthropicModelRules: Sendable, Equatable {
    /// Major and minor, as one comparable number (4.5 is 405); `nil` where the name has none.
    let version: Int?
    /// These think always.
    private let alwaysThinks: Bool

    /// - Parameter model: The upstream's name, with or without vendor prefixes and dates.
    init(model: String) {
        let words = model.lowercased().split { !$0.isLetter && !$0.isNumber }
        alwaysThinks = words.contains("fable") || words.contains("mythos")
        version = words.contains("claude") ? Self.version(words) : nil
    }

    /// The first one or two short numbers: `claude-3-7-sonnet-20250219`, `claude-opus-4-5@20251101`, `claude-sonnet-5`.
    private static func version(_ words: [Substring]) -> Int? {
        guard let start = words.firstIndex(where: { $0.count <= 2 && Int($0) != nil }), let major = Int(words[start])
        else { return nil }
        let next = start + 1
        let minor = next < words.count && words[next].count <= 2 ? Int(words[next]) : nil
        return major * 100 + (minor ?? 0)
    }

    private func isAtLeast(_ number: Int, unknown: Bool) -> Bool { version.map { $0 >= number } ?? unknown }

    /// It can think at all.
    var thinks: Bool { isAtLeast(307, unknown: true) }
    /// `thinking.type: adaptive` and `output_config.effort` are understood.
    var thinksAdaptively: Bool { isAtLeast(406, unknown: true) }
    /// `thinking.budget_tokens` is understood.
    var takesBudget: Bool { !isAtLeast(407, unknown: false) && !alwaysThinks }
    /// `thinking.type: disabled` is refused.
    var refusesDisabled: Bool { alwaysThinks }
    /// `temperature`, `top_p` and `top_k` are refused.
    var refusesSampling: Bool { isAtLeast(407, unknown: false) || alwaysThinks }
    /// Either `temperature` or `top_p`, not both.
    var takesOneOfTemperatureAndTopP: Bool { isAtLeast(401, unknown: true) }
    /// Messages of role `system` are understood after a user's.
    var takesSystemTurns: Bool { isAtLeast(408, unknown: false) }
    /// `strict` tools and `output_config.format` are understood.
    var hasStructuredOutputs: Bool { isAtLeast(401, unknown: true) }
}
