/// One way in which a provider differs, and why this program believes so.
package struct PresetQuirk: Sendable, Equatable {
    /// What is done about a difference; see `ProviderQuirks`.
    package enum Quirk: Sendable, Equatable {
        case unsupported([String])
        case renamed(String, to: String)
        case maximum(String, Double)
        case lacksDeveloperRole
        case usesMaxTokens
        case lacksJSONSchema
        case lacksStreamOptions
        case requiredToolChoice(String)
        case extensions([String])
        case reasoningStyle(ProviderQuirks.ReasoningStyle)
        case efforts([String])
        case reasoningHistory(ProviderQuirks.ReasoningHistory)
        case unsupportedInMessages([String])
        case lacksContentParts
        case lacksAllowedTools
        case acceptsCacheControl
        case acceptsFileURLs

        func apply(to quirks: inout ProviderQuirks) {
            switch self {
            case .unsupported(let names): quirks.unsupported.formUnion(names)
            case .renamed(let name, let other): quirks.renamed[name] = other
            case .maximum(let name, let bound): quirks.maximum[name] = bound
            case .lacksDeveloperRole: quirks.lacksDeveloperRole = true
            case .usesMaxTokens: quirks.usesMaxTokens = true
            case .lacksJSONSchema: quirks.lacksJSONSchema = true
            case .lacksStreamOptions: quirks.lacksStreamOptions = true
            case .requiredToolChoice(let word): quirks.requiredToolChoice = word
            case .extensions(let names): quirks.extensions.formUnion(names)
            case .reasoningStyle(let style): quirks.reasoningStyle = style
            case .efforts(let words): quirks.efforts = words
            case .reasoningHistory(let history): quirks.reasoningHistory = history
            case .unsupportedInMessages(let names): quirks.unsupportedInMessages.formUnion(names)
            case .lacksContentParts: quirks.lacksContentParts = true
            case .lacksAllowedTools: quirks.lacksAllowedTools = true
            case .acceptsCacheControl: quirks.acceptsCacheControl = true
            case .acceptsFileURLs: quirks.acceptsFileURLs = true
            }
        }
    }

    package var quirk: Quirk
    /// For people; one sentence.
    package var reason: String

    package init(_ quirk: Quirk, _ reason: String) {
        self.quirk = quirk
        self.reason = reason
    }
}

// Differences that many have in common.
extension PresetQuirk {
    static let maxTokens = Self(.usesMaxTokens, "knows the answer's limit as max_tokens")
    static let systemRole = Self(.lacksDeveloperRole, "its models' templates know no developer")
    static let wholeToolList = Self(.lacksAllowedTools, "tool_choice takes words and one function, no list")
    static let plainEfforts = Self(.efforts(["low", "medium", "high"]), "knows three efforts")
    /// What OpenAI's own platform does with a call beside answering it.
    static let platform = Self(
        .unsupported(["store", "metadata", "service_tier", "prompt_cache_key", "safety_identifier", "verbosity"]),
        "these are OpenAI's platform's; strict providers answer 400 or 422 to what they do not know")
    static let spoken = Self(.unsupported(["modalities", "audio", "prediction"]), "answers with text only")
    static let sampling = Self(.extensions(["top_k", "min_p", "repetition_penalty"]), "samples with these as well")
}
