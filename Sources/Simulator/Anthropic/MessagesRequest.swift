import Bytes

extension Prompt {
    /// Reads the body of `/v1/messages` and `/v1/messages/count_tokens`.
    init(messages body: JSONView) {
        self.init(common: body)
        if let system = body.present("system") { add(.system, ContentReader(system)) }
        for message in body["messages"]?.list ?? [] {
            add(Self.role(message["role"]?.string), ContentReader(message["content"]))
        }
        takeFault()
        maximumTokens = body.integer("max_tokens")
        stops = Self.strings(body["stop_sequences"])
        readAnthropicTools(body)
        let thinking = body["thinking"]?["type"]?.string
        reasons = thinking == "enabled" || thinking == "adaptive"
        let format = body["output_config"]?["format"] ?? body["output_format"]
        self.format = Self.format(format, schema: format?["schema"])
    }

    private mutating func readAnthropicTools(_ body: JSONView) {
        toolTokens = body.present("tools").map { TokenRule.count(bytes: $0.raw.count) } ?? 0
        tools = (body["tools"]?.list ?? []).compactMap { tool in
            // Tools that the provider runs itself have no schema.
            guard let name = tool["name"]?.string, let schema = tool["input_schema"] else { return nil }
            return Tool(name: name, parameters: schema)
        }
        parallelCalls = !(body["tool_choice"]?["disable_parallel_tool_use"]?.bool ?? false)
        switch body["tool_choice"]?["type"]?.string {
        case "any": toolChoice = .required
        case "tool": toolChoice = .named(body["tool_choice"]?["name"]?.string ?? "")
        case "none": toolChoice = .none
        default: toolChoice = .auto
        }
    }
}
