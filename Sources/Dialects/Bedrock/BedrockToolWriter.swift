import Bytes
import Vocabulary

/// Writes `toolConfig`.
struct BedrockToolWriter {
    private let request: ModelRequest
    private(set) var changes: [ParameterChange] = []

    private let forbidsForcing: Bool

    /// - Parameter forbidsForcing: The model refuses to be told that it must call a tool.
    init(_ request: ModelRequest, forbidsForcing: Bool) {
        self.request = request
        self.forbidsForcing = forbidsForcing
    }

    mutating func write(to writer: inout JSONWriter) {
        let functions = functions()
        guard !functions.isEmpty else { return }
        let used = namesInHistory()
        if request.toolChoice == ToolChoice.none, used.isEmpty { return }
        writer.object("toolConfig") { writer in
            writer.array("tools") { writer in
                for tool in functions { Self.write(tool, to: &writer) }
            }
            if let choice = choice() { writer.member("toolChoice", json: choice) }
        }
    }

    /// The functions to declare. A conversation with calls in it must declare some, even if no more may be made.
    private mutating func functions() -> [Tool] {
        var functions: [Tool] = []
        for tool in request.tools {
            switch tool.kind {
            case .function: functions.append(tool)
            case .builtIn(let type, _):
                changes.note(
                    "\(request.name(of: .tools))[].\(type)", .dropped, "a tool of another provider; Bedrock has none")
            }
        }
        if case .allowed(let names, _)? = request.toolChoice {
            functions.removeAll { !names.contains($0.name) }
            changes.report(.toolChoice, of: request, .mapped, "only the allowed tools are sent")
        }
        guard functions.isEmpty else { return functions }
        let used = namesInHistory()
        if !used.isEmpty {
            changes.report(
                .tools, of: request, .mapped, "Bedrock wants the tools that the conversation used: declared by name")
        }
        return used.map { Tool(name: $0, kind: .function(parameters: nil, strict: nil)) }
    }

    private func namesInHistory() -> [String] {
        var names: [String] = []
        for part in request.turns.flatMap(\.parts) {
            guard case .toolCall(let call) = part.content, !names.contains(call.name) else { continue }
            names.append(call.name)
        }
        return names
    }

    private static func write(_ tool: Tool, to writer: inout JSONWriter) {
        guard case .function(let parameters, let strict) = tool.kind else { return }
        writer.object { writer in
            writer.object("toolSpec") { writer in
                writer.member("name", tool.name)
                if let text = tool.description, !text.isEmpty { writer.member("description", text) }
                writer.object("inputSchema") { writer in
                    writer.member("json", json: parameters ?? Array(#"{"type":"object","properties":{}}"#.utf8))
                }
                if strict == true { writer.member("strict", true) }
            }
        }
        if let lifetime = tool.cacheLifetime { BedrockContentWriter.writeCachePoint(lifetime, to: &writer) }
    }

    private var isForced: Bool {
        switch request.toolChoice {
        case .required?, .tool?, .allowed(_, true)?: true
        default: false
        }
    }

    private mutating func choice() -> [UInt8]? {
        if forbidsForcing, isForced {
            changes.report(.toolChoice, of: request, .dropped, "Claude can't be told to call a tool while it thinks")
            return nil
        }
        switch request.toolChoice {
        case nil: return nil
        case .auto?: return Array(#"{"auto":{}}"#.utf8)
        case ToolChoice.none?:
            changes.report(
                .toolChoice, of: request, .dropped, "Bedrock can't forbid calls in a conversation that has some")
            return nil
        case .required?: return Array(#"{"any":{}}"#.utf8)
        case .allowed(_, let isRequired)?: return Array((isRequired ? #"{"any":{}}"# : #"{"auto":{}}"#).utf8)
        case .tool(let name)?:
            var writer = JSONWriter()
            writer.object { writer in writer.object("tool") { $0.member("name", name) } }
            return writer.bytes
        }
    }
}
