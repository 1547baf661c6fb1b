/// How a compatible provider differs from the format it imitates.
package struct ProviderQuirks: Sendable, Equatable {
    /// How a provider of chat takes reasoning options.
    package enum ReasoningStyle: String, Sendable, CaseIterable {
        /// `reasoning_effort`.
        case effort
        /// OpenRouter's `reasoning` object, which takes efforts and budgets.
        case object
        /// `thinking: {"type": "enabled"}`, on or off only.
        case thinking
        /// `thinking` turns it on or off, `reasoning_effort` says how much.
        case thinkingAndEffort = "thinking and effort"
        /// `chat_template_kwargs: {"enable_thinking": true}`, on or off only.
        case template
        /// There is no way to say it.
        case none
    }

    /// How a provider of chat takes earlier thinking back.
    package enum ReasoningHistory: String, Sendable, CaseIterable {
        /// It does not.
        case none
        /// `reasoning_content`, the text alone.
        case content
        /// `reasoning`, the text alone.
        case text
        /// `reasoning_details`, signatures included.
        case details
    }

    /// Top-level members that it refuses, and that are therefore left out.
    package var unsupported: Set<String>
    /// Top-level members under another name: from, to.
    package var renamed: [String: String]
    /// Upper bounds of numbers, by top-level member (for example `temperature` 1 at some).
    package var maximum: [String: Double]
    /// `developer` messages must be sent as `system`.
    package var lacksDeveloperRole: Bool
    /// The answer's limit goes by `max_tokens`, not `max_completion_tokens`.
    package var usesMaxTokens: Bool
    /// `json_schema` is not understood; `json_object` with the schema in the system text is sent.
    package var lacksJSONSchema: Bool
    /// `stream_options` is refused.
    package var lacksStreamOptions: Bool
    /// Tool choice `required` is written otherwise (Mistral: `any`).
    package var requiredToolChoice: String?
    /// Members beyond the imitated format that it takes, for example `top_k`; others are left out of translations.
    package var extensions: Set<String> = []
    /// How reasoning options are written.
    package var reasoningStyle = ReasoningStyle.effort
    /// The efforts that it knows, from least to most; empty for all of OpenAI's.
    package var efforts: [String] = []
    /// How earlier thinking is sent back.
    package var reasoningHistory = ReasoningHistory.none
    /// Members of a message that it refuses: `name`, `reasoning_content`...
    package var unsupportedInMessages: Set<String> = []
    /// `content` must be a string; a list of text parts is joined.
    package var lacksContentParts = false
    /// Tool choice `allowed_tools` is not understood; the list of tools is cut down instead.
    package var lacksAllowedTools = false
    /// `cache_control` on parts and tools is understood.
    package var acceptsCacheControl = false
    /// `extra_content.google.thought_signature` on tool calls is understood.
    package var acceptsThoughtSignatures = false
    /// A file may be given by URL.
    package var acceptsFileURLs = false

    package init() {
        unsupported = []
        renamed = [:]
        maximum = [:]
        lacksDeveloperRole = false
        usesMaxTokens = false
        lacksJSONSchema = false
        lacksStreamOptions = false
        requiredToolChoice = nil
    }

    /// Nothing differs.
    package var isEmpty: Bool { self == ProviderQuirks() }
}
