import Bytes

extension Prompt {
    /// Reads the body of `/v1/chat/completions`.
    init(chat body: JSONView) {
        self.init(common: body)
        for message in body["messages"]?.list ?? [] {
            add(Self.role(message["role"]?.string), ContentReader(message["content"]))
        }
        takeFault()
        choices = min(max(body.integer("n") ?? 1, 1), Self.maximumChoices)
        maximumTokens = body.integer("max_completion_tokens") ?? body.integer("max_tokens")
        stops = Self.strings(body["stop"])
        toolTokens = body.present("tools").map { TokenRule.count(bytes: $0.raw.count) } ?? 0
        tools = (body["tools"]?.list ?? []).compactMap { tool in
            guard let function = tool["function"], let name = function["name"]?.string else { return nil }
            return Tool(name: name, parameters: function.present("parameters"))
        }
        toolChoice = Self.choice(body["tool_choice"], name: body["tool_choice"]?["function"]?["name"])
        format = Self.format(body["response_format"], schema: body["response_format"]?["json_schema"]?["schema"])
    }

    /// OpenAI's own bound of `n`.
    static let maximumChoices = 128

    static func choice(_ view: JSONView?, name: JSONView?) -> ToolChoice {
        if let name = name?.string { return .named(name) }
        switch view?.string {
        case "none": return .none
        case "required": return .required
        default: return .auto
        }
    }

    static func format(_ view: JSONView?, schema: JSONView?) -> Format {
        switch view?["type"]?.string {
        case "json_schema": schema.map { .schema($0) } ?? .jsonObject
        case "json_object": .jsonObject
        default: .text
        }
    }
}
