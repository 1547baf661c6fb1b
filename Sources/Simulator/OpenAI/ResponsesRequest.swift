import Bytes

extension Prompt {
    /// Reads the body of `/v1/responses`.
    init(responses body: JSONView) {
        self.init(common: body)
        if let instructions = body.present("instructions") { add(.system, ContentReader(instructions)) }
        if body["input"]?.kind == .string { add(.user, ContentReader(body["input"])) }
        for item in body["input"]?.list ?? [] { addItem(item) }
        takeFault()
        maximumTokens = body.integer("max_output_tokens")
        toolTokens = body.present("tools").map { TokenRule.count(bytes: $0.raw.count) } ?? 0
        tools = (body["tools"]?.list ?? []).compactMap { tool in
            guard tool["type"]?.string == "function", let name = tool["name"]?.string else { return nil }
            return Tool(name: name, parameters: tool.present("parameters"))
        }
        toolChoice = Self.choice(body["tool_choice"], name: body["tool_choice"]?["name"])
        format = Self.format(body["text"]?["format"], schema: body["text"]?["format"]?["schema"])
    }

    private mutating func addItem(_ item: JSONView) {
        switch item["type"]?.string {
        case "function_call_output", "custom_tool_call_output": add(.tool, ContentReader(item["output"]))
        case "function_call", "reasoning", "custom_tool_call":
            turns.append(Turn(role: .assistant, tokens: TokenRule.count(bytes: item.raw.count)))
        default: add(Self.role(item["role"]?.string), ContentReader(item["content"]))
        }
    }
}
