import Bytes

extension Prompt {
    /// Reads the body of `converse`; the model stands in the path.
    init(converse body: JSONView, model: String, streamed: Bool) {
        self.init(common: body)
        setModel(model)
        self.streamed = streamed
        if let system = body.present("system") { add(.system, ContentReader(system)) }
        for message in body["messages"]?.list ?? [] {
            add(Self.role(message["role"]?.string), ContentReader(message["content"]))
        }
        takeFault()
        let config = body["inferenceConfig"]
        maximumTokens = config?.integer("maxTokens")
        stops = Self.strings(config?["stopSequences"])
        readConverseTools(body["toolConfig"])
        let thinking = body["additionalModelRequestFields"]?["thinking"]?["type"]?.string
        if thinking == "enabled" || thinking == "adaptive" { reasons = true }
    }

    private mutating func readConverseTools(_ config: JSONView?) {
        guard let config else { return }
        toolTokens = config.present("tools").map { TokenRule.count(bytes: $0.raw.count) } ?? 0
        tools = (config["tools"]?.list ?? []).compactMap { tool in
            guard let specification = tool["toolSpec"], let name = specification["name"]?.string else { return nil }
            return Tool(name: name, parameters: specification["inputSchema"]?["json"])
        }
        if let name = config["toolChoice"]?["tool"]?["name"]?.string {
            toolChoice = .named(name)
        } else if config["toolChoice"]?["any"] != nil {
            toolChoice = .required
        }
    }
}
