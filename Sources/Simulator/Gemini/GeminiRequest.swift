import Bytes

extension Prompt {
    /// Reads the body of `generateContent` and `countTokens`; the model stands in the path.
    init(gemini body: JSONView, model: String, streamed: Bool) {
        self.init(common: body)
        setModel(model)
        self.streamed = streamed
        if let system = body.either("systemInstruction", "system_instruction") { add(.system, Self.content(system)) }
        for content in body["contents"]?.list ?? [] {
            add(content["role"]?.string == "model" ? .assistant : .user, Self.content(content))
        }
        takeFault()
        readGeminiConfig(body.either("generationConfig", "generation_config"))
        readGeminiTools(body)
    }

    private static func content(_ content: JSONView) -> ContentReader { ContentReader(content["parts"]) }

    private mutating func readGeminiConfig(_ config: JSONView?) {
        guard let config else { return }
        choices = min(max(config.either("candidateCount", "candidate_count")?.wholeNumber ?? 1, 1), 8)
        maximumTokens = config.either("maxOutputTokens", "max_output_tokens")?.wholeNumber
        stops = Self.strings(config.either("stopSequences", "stop_sequences"))
        let schema =
            config.either("responseJsonSchema", "response_json_schema")
            ?? config.either("responseSchema", "response_schema")
        if let schema {
            format = .schema(schema)
        } else if config.either("responseMimeType", "response_mime_type")?.string == "application/json" {
            format = .jsonObject
        }
        let thinking = config.either("thinkingConfig", "thinking_config")
        let budget = thinking?.either("thinkingBudget", "thinking_budget")?.wholeNumber
        let level = thinking?.either("thinkingLevel", "thinking_level")?.string
        if budget ?? 0 != 0 || level != nil { reasons = true }
    }

    private mutating func readGeminiTools(_ body: JSONView) {
        toolTokens = body.present("tools").map { TokenRule.count(bytes: $0.raw.count) } ?? 0
        let lists = (body["tools"]?.list ?? []).flatMap {
            $0.either("functionDeclarations", "function_declarations")?.list ?? []
        }
        tools = lists.compactMap { function in
            guard let name = function["name"]?.string else { return nil }
            let schema = function.either("parametersJsonSchema", "parameters_json_schema")
            return Tool(name: name, parameters: schema ?? function.present("parameters"))
        }
        let config = body.either("toolConfig", "tool_config")?
            .either("functionCallingConfig", "function_calling_config")
        let allowed = Self.strings(config?.either("allowedFunctionNames", "allowed_function_names"))
        switch config?["mode"]?.string {
        case "NONE": toolChoice = .none
        case "ANY": toolChoice = allowed.count == 1 ? .named(allowed[0]) : .required
        default: toolChoice = .auto
        }
    }
}

extension JSONView {
    /// A member by either of two names, of which Google takes both.
    fileprivate func either(_ first: StaticString, _ second: StaticString) -> JSONView? {
        present(first) ?? present(second)
    }
}
