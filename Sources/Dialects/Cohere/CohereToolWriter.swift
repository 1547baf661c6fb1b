import Bytes
import Vocabulary

/// Writes `tools` and `tool_choice`.
struct CohereToolWriter {
    private let request: ModelRequest
    private(set) var changes: [ParameterChange] = []

    init(_ request: ModelRequest) { self.request = request }

    mutating func write(to writer: inout JSONWriter) {
        let functions = functions()
        guard !functions.isEmpty else { return }
        writer.array("tools") { writer in
            for tool in functions { Self.write(tool, to: &writer) }
        }
        if functions.contains(where: { $0.cacheLifetime != nil }) {
            changes.report(.cacheLifetime, of: request, .dropped, "the provider caches by itself")
        }
        writeStrict(functions, to: &writer)
        if let choice = choice() { writer.member("tool_choice", choice) }
    }

    /// Cohere knows it for all tools together.
    private mutating func writeStrict(_ functions: [Tool], to writer: inout JSONWriter) {
        let strict = functions.filter { if case .function(_, true?) = $0.kind { true } else { false } }
        guard !strict.isEmpty, !request.extras.contains(where: { $0.name == "strict_tools" }) else { return }
        if strict.count == functions.count {
            writer.member("strict_tools", true)
        } else {
            changes.note(
                "\(request.name(of: .tools))[].strict", .dropped, "Cohere knows it for all tools together only")
        }
    }

    /// Cohere can demand a call, but not of which tool: then that tool alone is sent.
    private mutating func functions() -> [Tool] {
        var functions: [Tool] = []
        for tool in request.tools {
            switch tool.kind {
            case .function: functions.append(tool)
            case .builtIn(let type, _):
                changes.note(
                    "\(request.name(of: .tools))[].\(type)", .dropped, "a tool of another provider; Cohere has none")
            }
        }
        switch request.toolChoice {
        case .tool(let name)?: functions.removeAll { $0.name != name }
        case .allowed(let names, _)?: functions.removeAll { !names.contains($0.name) }
        default: return functions
        }
        changes.report(.toolChoice, of: request, .mapped, "only the tools that may be called are sent")
        return functions
    }

    private static func write(_ tool: Tool, to writer: inout JSONWriter) {
        guard case .function(let parameters, _) = tool.kind else { return }
        writer.object { writer in
            writer.member("type", "function")
            writer.object("function") { writer in
                writer.member("name", tool.name)
                if let description = tool.description { writer.member("description", description) }
                writer.member("parameters", json: parameters ?? Array(#"{"type":"object","properties":{}}"#.utf8))
            }
        }
    }

    private func choice() -> String? {
        switch request.toolChoice {
        case nil, .auto?, .allowed(_, false)?: nil
        case ToolChoice.none?: "NONE"
        case .required?, .tool?, .allowed(_, true)?: "REQUIRED"
        }
    }
}
