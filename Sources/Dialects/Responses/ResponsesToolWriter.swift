import Bytes
import Vocabulary

/// Writes tools, tool choice and the answer's form.
struct ResponsesToolWriter {
    private let request: ModelRequest
    private let isOwn: Bool
    var changes: [ParameterChange]

    init(_ request: ModelRequest, _ changes: [ParameterChange]) {
        self.request = request
        self.changes = changes
        isOwn = request.source == .openAIResponses
    }

    /// The value of `tools`; `nil` for none.
    mutating func list() -> [UInt8]? {
        var tools: [Tool] = []
        for tool in request.tools {
            if case .builtIn(let type, _) = tool.kind, !isOwn {
                if WebSearchTool.isMeant(by: type) {
                    let json = Array(#"{"type":"web_search"}"#.utf8)
                    changes.note(
                        request.name(of: .tools), .mapped, "\(type) is sent as web_search, without its options"
                    )
                    tools.append(Tool(name: "web_search", kind: .builtIn(type: "web_search", json: json)))
                    continue
                }
                changes.note(request.name(of: .tools), .dropped, "a tool of type \(type) runs at its own provider only")
                continue
            }
            tools.append(tool)
        }
        guard !tools.isEmpty else { return nil }
        return JSONText.written { writer in
            writer.beginArray()
            for tool in tools { Self.write(tool, isOwn: isOwn, to: &writer) }
            writer.endArray()
        }
    }

    /// Strictness is the default here, so it is always said.
    static func write(_ tool: Tool, isOwn: Bool, to writer: inout JSONWriter) {
        guard case .function(let parameters, let strict) = tool.kind else {
            if case .builtIn(_, let json) = tool.kind { writer.raw(json) }
            return
        }
        writer.object { writer in
            writer.member("type", "function")
            writer.member("name", tool.name)
            if let description = tool.description { writer.member("description", description) }
            writer.member("parameters", json: parameters ?? Array(#"{"type":"object","properties":{}}"#.utf8))
            if isOwn {
                if let strict { writer.member("strict", strict) }
                for extra in tool.extras {
                    writer.key(extra.name)
                    writer.raw(extra.json)
                }
            } else {
                writer.member("strict", strict ?? false)
            }
        }
    }

    /// The value of `tool_choice`; `nil` for none.
    mutating func choice(hasTools: Bool) -> [UInt8]? {
        guard let choice = request.toolChoice else { return nil }
        guard hasTools || isOwn else {
            if choice.forcesTool { changes.note(request.name(of: .toolChoice), .dropped, "there are no tools") }
            return nil
        }
        return JSONText.written { Self.write(choice, to: &$0) }
    }

    static func write(_ choice: ToolChoice, to writer: inout JSONWriter) {
        switch choice {
        case .auto: writer.string("auto")
        case .none: writer.string("none")
        case .required: writer.string("required")
        case .tool(let name): writeFunction(name, to: &writer)
        case .allowed(let names, let isRequired):
            writer.object { writer in
                writer.member("type", "allowed_tools")
                writer.member("mode", isRequired ? "required" : "auto")
                writer.array("tools") { writer in
                    for name in names { writeFunction(name, to: &writer) }
                }
            }
        }
    }

    private static func writeFunction(_ name: String, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("type", "function")
            writer.member("name", name)
        }
    }

    /// Writes the value of `text.format`.
    static func write(_ format: AnswerFormat?, to writer: inout JSONWriter) {
        writer.object { writer in
            switch format {
            case nil: writer.member("type", "text")
            case .jsonObject: writer.member("type", "json_object")
            case .jsonSchema(let name, let description, let schema, let strict):
                writer.member("type", "json_schema")
                writer.member("name", name)
                if let description { writer.member("description", description) }
                writer.member("schema", json: schema)
                if let strict { writer.member("strict", strict) }
            }
        }
    }
}
