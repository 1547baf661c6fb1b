package import Vocabulary

/// A conversation call in no provider's words: what every wire format is read into and written from.
///
/// Numbers that callers write keep their digits (`NumberText`), JSON that nobody has to understand stays raw. Whatever
/// a format has and this has not goes into `extras`, so that nothing is lost without being named.
package struct ModelRequest: Sendable, Equatable {
    /// The format it was read from.
    package var source: WireFormat
    /// As the caller wrote it; the encoder is told the upstream's name.
    package var model: String
    /// System and developer text before the conversation, in order.
    package var system: [Part]
    package var turns: [Turn]
    package var tools: [Tool]
    package var toolChoice: ToolChoice?
    package var parallelToolCalls: Bool?
    package var format: AnswerFormat?
    /// The most tokens of the answer, reasoning included where the target counts it so.
    package var maximumOutputTokens: Int64?
    package var temperature: NumberText?
    package var topP: NumberText?
    package var topK: NumberText?
    package var minP: NumberText?
    package var frequencyPenalty: NumberText?
    package var presencePenalty: NumberText?
    package var stop: [String]
    package var seed: NumberText?
    /// How many answers are wanted; `nil` for the default of one.
    package var choices: Int64?
    package var logprobs: Bool?
    package var topLogprobs: Int64?
    package var reasoning: ReasoningOptions?
    /// The caller wants hidden reasoning back in a form that it can send again (Responses' `include` of
    /// `reasoning.encrypted_content`). Other formats always give it.
    package var returnsEncryptedReasoning: Bool
    package var streams: Bool
    /// The caller wants usage in its stream (OpenAI chat alone asks; others always send it).
    package var includesUsage: Bool
    /// The end user, as an opaque id.
    package var user: String?
    package var metadata: [MetadataPair]
    package var serviceTier: String?
    /// `prompt_cache_key` and the like: keeps requests with the same prefix on the same cache.
    package var cacheKey: String?
    /// Wanted kinds of output, for example `text` and `audio`; empty for text alone.
    package var modalities: [String]
    /// OpenAI's `audio` object (voice and format) as raw JSON.
    package var audioOutput: [UInt8]?
    /// Members that have no place above, by their top-level name (or dotted path), with their raw JSON value.
    package var extras: [Extra]

    package init(source: WireFormat, model: String) {
        self.source = source
        self.model = model
        system = []
        turns = []
        tools = []
        toolChoice = nil
        parallelToolCalls = nil
        format = nil
        maximumOutputTokens = nil
        temperature = nil
        topP = nil
        topK = nil
        minP = nil
        frequencyPenalty = nil
        presencePenalty = nil
        stop = []
        seed = nil
        choices = nil
        logprobs = nil
        topLogprobs = nil
        reasoning = nil
        returnsEncryptedReasoning = false
        streams = false
        includesUsage = false
        user = nil
        metadata = []
        serviceTier = nil
        cacheKey = nil
        modalities = []
        audioOutput = nil
        extras = []
    }
}

/// A number exactly as its JSON text, so that `0.10` and `1e-2` go on as they came.
package struct NumberText: Sendable, Hashable {
    /// Valid JSON number text.
    package var text: String

    /// - Parameter text: Must be a valid JSON number.
    package init(_ text: String) { self.text = text }

    /// The nearest double; 0 for text that is no number.
    package var value: Double { Double(text) ?? 0 }
}

/// A member of a request that only its own format knows.
package struct Extra: Sendable, Hashable {
    /// Top-level name or dotted path in the source format.
    package var name: String
    /// Its JSON value.
    package var json: [UInt8]

    package init(_ name: String, _ json: [UInt8]) {
        self.name = name
        self.json = json
    }
}

/// What form the answer must have.
package enum AnswerFormat: Sendable, Equatable {
    /// Any valid JSON object.
    case jsonObject
    /// JSON that fits a schema (raw JSON Schema).
    case jsonSchema(name: String, description: String?, schema: [UInt8], strict: Bool?)
}

/// How much the model may think before it answers.
package struct ReasoningOptions: Sendable, Equatable {
    /// `none`, `minimal`, `low`, `medium`, `high`, `xhigh`, or whatever else the caller wrote; `nil` where a budget is
    /// given.
    package var effort: String?
    /// A budget in tokens.
    package var budgetTokens: Int64?
    /// Explicitly on or off; `nil` for not said.
    package var isEnabled: Bool?
    /// The model chooses how much to think (Anthropic's `adaptive`, Gemini's budget of -1).
    package var isAdaptive: Bool
    /// Thoughts shall be part of the answer (Gemini `includeThoughts`, OpenAI `summary`); `nil` for the format's
    /// default.
    package var includesThoughts: Bool?
    /// OpenAI's kind of summary: `auto`, `concise`, `detailed`.
    package var summary: String?

    package init(effort: String? = nil, budgetTokens: Int64? = nil, isEnabled: Bool? = nil) {
        self.effort = effort
        self.budgetTokens = budgetTokens
        self.isEnabled = isEnabled
        isAdaptive = false
        includesThoughts = nil
        summary = nil
    }
}
