import Bytes

extension Prompt {
    /// Reads the body of `/v2/chat`.
    init(cohere body: JSONView) {
        self.init(common: body)
        for message in body["messages"]?.list ?? [] {
            add(Self.role(message["role"]?.string), ContentReader(message["content"]))
        }
        takeFault()
        maximumTokens = body.integer("max_tokens")
        stops = Self.strings(body["stop_sequences"])
        if body["thinking"]?["type"]?.string == "enabled" { reasons = true }
        toolTokens = body.present("tools").map { TokenRule.count(bytes: $0.raw.count) } ?? 0
        tools = (body["tools"]?.list ?? []).compactMap { tool in
            guard let function = tool["function"], let name = function["name"]?.string else { return nil }
            return Tool(name: name, parameters: function.present("parameters"))
        }
        switch body["tool_choice"]?.string {
        case "NONE": toolChoice = .none
        case "REQUIRED": toolChoice = .required
        default: toolChoice = .auto
        }
        guard let wanted = body.present("response_format"), wanted["type"]?.string == "json_object" else { return }
        format = wanted.present("json_schema").map { .schema($0) } ?? .jsonObject
    }
}
