import Bytes
import Vocabulary

/// Writes tools and tool choice.
struct AnthropicToolWriter {
    /// Stands for the wanted form of the answer at providers that know tools but no schemas of answers. The tool's
    /// arguments are the answer's text.
    static let formatTool = "signalbox_structured_answer"

    /// What is to be sent.
    struct Written {
        var list: [UInt8]?
        var choice: [UInt8]?
        /// The answer's form goes by a forced tool.
        var forcesFormat = false
    }

    private let request: ModelRequest
    private let isOwn: Bool
    private let rules: AnthropicModelRules
    private var changes: [ParameterChange]

    static func written(
        _ request: ModelRequest, _ target: EncodingTarget, _ changes: inout [ParameterChange]
    ) -> Written {
        var writer = Self(
            request: request, isOwn: request.source == .anthropicMessages,
            rules: AnthropicModelRules(model: target.model), changes: changes
        )
        let written = writer.write(lacksFormat: target.quirks.lacksJSONSchema)
        changes = writer.changes
        return written
    }

    private mutating func write(lacksFormat: Bool) -> Written {
        var written = Written()
        var tools: [[UInt8]] = []
        for tool in writableTools() { tools.append(json(tool)) }
        var choice = request.toolChoice
        if lacksFormat, case .jsonSchema(_, let description, let schema, _) = request.format {
            changes.note(request.name(of: .format), .mapped, "sent as a tool that must be called")
            tools.append(Self.formatTool(description, schema))
            choice = .tool(Self.formatTool)
            written.forcesFormat = true
        }
        guard !tools.isEmpty else {
            if choice?.forcesTool == true {
                changes.note(request.name(of: .toolChoice), .dropped, "there are no tools")
            }
            return written
        }
        written.list = JSONText.written { writer in
            writer.beginArray()
            for tool in tools { writer.raw(tool) }
            writer.endArray()
        }
        written.choice = self.choice(choice)
        return written
    }

    private mutating func writableTools() -> [Tool] {
        var tools: [Tool] = []
        for tool in request.tools {
            if case .builtIn(let type, _) = tool.kind, !isOwn {
                if WebSearchTool.isMeant(by: type) {
                    tools.append(webSearch(type))
                    continue
                }
                changes.note(request.name(of: .tools), .dropped, "a tool of type \(type) runs at its own provider only")
                continue
            }
            tools.append(tool)
        }
        guard case .allowed(let names, _) = request.toolChoice else { return tools }
        changes.note(request.name(of: .toolChoice), .mapped, "only the allowed tools are sent")
        return tools.filter { names.contains($0.name) }
    }

    private mutating func webSearch(_ type: String) -> Tool {
        let own = "web_search_20250305"
        changes.note(request.name(of: .tools), .mapped, "\(type) is sent as \(own), without its options")
        let json = Array(#"{"type":"web_search_20250305","name":"web_search"}"#.utf8)
        return Tool(name: "web_search", kind: .builtIn(type: own, json: json))
    }

    private mutating func json(_ tool: Tool) -> [UInt8] {
        guard case .function(let parameters, let strict) = tool.kind else {
            if case .builtIn(_, let json) = tool.kind { return json }
            return []
        }
        let isStrict = strict == true && rules.hasStructuredOutputs
        let schema = schema(parameters, isStrict: isStrict)
        return JSONText.written { writer in
            writer.object { writer in
                writer.member("name", tool.name)
                if let description = tool.description { writer.member("description", description) }
                writer.member("input_schema", json: schema)
                if isStrict { writer.member("strict", true) }
                if let lifetime = tool.cacheLifetime { AnthropicBlockWriter.writeCache(lifetime, to: &writer) }
                for extra in isOwn ? tool.extras : [] {
                    writer.key(extra.name)
                    writer.raw(extra.json)
                }
            }
        }
    }

    /// A schema must be of type object; a strict one must also fit the provider's subset.
    private mutating func schema(_ parameters: [UInt8]?, isStrict: Bool) -> [UInt8] {
        guard let parameters, JSONText.isObject(parameters) else {
            return Array(#"{"type":"object","properties":{}}"#.utf8)
        }
        if isOwn { return parameters }
        let schema = Self.typed(parameters)
        guard isStrict else { return schema }
        let closed = AnthropicSchema.closed(schema)
        if closed.isChanged {
            changes.note("\(request.name(of: .tools))[].parameters", .mapped, AnthropicSchema.detail)
        }
        return closed.schema
    }

    private static func typed(_ schema: [UInt8]) -> [UInt8] {
        schema.withUnsafeBytes { bytes in
            let root = JSONView(validated: bytes)
            guard root["type"] == nil else { return schema }
            var patch = JSONPatch()
            patch.insertMember(first: "type", value: Array(#""object""#.utf8), in: root)
            return patch.apply(to: bytes)
        }
    }

    private static func formatTool(_ description: String?, _ schema: [UInt8]) -> [UInt8] {
        JSONText.written { writer in
            writer.object { writer in
                writer.member("name", formatTool)
                writer.member("description", description ?? "Gives the answer. Call it once, with the whole answer.")
                writer.member("input_schema", json: schema)
            }
        }
    }

    private func choice(_ choice: ToolChoice?) -> [UInt8]? {
        let isSerial = request.parallelToolCalls == false
        guard choice != nil || isSerial else { return nil }
        return JSONText.written { writer in
            writer.object { writer in
                switch choice {
                case .auto, nil: writer.member("type", "auto")
                case .some(.none): writer.member("type", "none")
                case .required: writer.member("type", "any")
                case .tool(let name):
                    writer.member("type", "tool")
                    writer.member("name", name)
                case .allowed(_, let isRequired): writer.member("type", isRequired ? "any" : "auto")
                }
                if choice != .some(.none), let parallel = request.parallelToolCalls, isSerial || isOwn {
                    writer.member("disable_parallel_tool_use", !parallel)
                }
            }
        }
    }
}
