/// Brings words for how much to think and budgets in tokens together.
package enum ReasoningScale {
    /// A budget in tokens for a word, as Google publishes for its OpenAI-compatible endpoint (1,024, 8,192, 24,576);
    /// `xhigh` and `max` have its largest budget. `nil` for `none` and unknown words.
    package static func budget(forEffort effort: String) -> Int64? {
        switch effort.lowercased() {
        case "minimal", "low": 1024
        case "medium": 8192
        case "high": 24_576
        case "xhigh", "max": 32_768
        default: nil
        }
    }

    /// The word whose budget is the nearest that is not smaller.
    package static func effort(forBudget tokens: Int64) -> String {
        switch tokens {
        case ...1024: "low"
        case ...8192: "medium"
        default: "high"
        }
    }
}

extension ReasoningOptions {
    /// The caller wants no thinking.
    package var isOff: Bool { isEnabled == false || effort == "none" || budgetTokens == 0 }
    /// The caller wants thinking, however much.
    package var isOn: Bool {
        !isOff && (isEnabled == true || isAdaptive || effort != nil || budgetTokens != nil)
    }
}
