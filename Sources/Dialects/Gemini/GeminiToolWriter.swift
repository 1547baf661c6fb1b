import Bytes
import Vocabulary

/// Writes `tools` and `toolConfig`.
struct GeminiToolWriter {
    private let request: ModelRequest
    private let target: EncodingTarget
    private(set) var changes: [ParameterChange] = []
    /// Some function's arguments must fit its schema exactly.
    private var isStrict = false

    init(_ request: ModelRequest, _ target: EncodingTarget) {
        self.request = request
        self.target = target
    }

    private var isOwn: Bool { request.source == .geminiGenerateContent }

    mutating func write(to writer: inout JSONWriter) {
        var tools = JSONWriter()
        tools.beginArray()
        writeFunctions(to: &tools)
        for tool in request.tools { writeBuiltIn(tool, to: &tools) }
        tools.endArray()
        if tools.bytes.count > 2 { writer.member("tools", json: tools.bytes) }
        writeConfig(to: &writer)
    }

    private var hasFunctions: Bool {
        request.tools.contains { tool in
            if case .function = tool.kind { return true }
            return false
        }
    }

    private mutating func writeFunctions(to tools: inout JSONWriter) {
        guard hasFunctions else { return }
        tools.beginObject()
        tools.key("functionDeclarations")
        tools.beginArray()
        for (index, tool) in request.tools.enumerated() {
            guard case .function(let parameters, let strict) = tool.kind else { continue }
            write(tool, parameters, index: index, to: &tools)
            isStrict = isStrict || strict == true
            if tool.cacheLifetime != nil {
                changes.report(.cacheLifetime, of: request, .dropped, "the provider caches by itself")
            }
        }
        tools.endArray()
        tools.endObject()
    }

    private mutating func write(_ tool: Tool, _ parameters: [UInt8]?, index: Int, to tools: inout JSONWriter) {
        tools.beginObject()
        tools.member("name", tool.name)
        if let description = tool.description { tools.member("description", description) }
        if let parameters { tools.member("parametersJsonSchema", json: schema(parameters, index: index)) }
        for extra in tool.extras where isOwn {
            tools.key(extra.name)
            tools.raw(extra.json)
        }
        tools.endObject()
    }

    private mutating func schema(_ parameters: [UInt8], index: Int) -> [UInt8] {
        if isOwn { return parameters }
        let clean = GeminiSchema.clean(parameters)
        if !clean.removed.isEmpty {
            let words = clean.removed.joined(separator: ", ")
            changes.note(
                "\(request.name(of: .tools))[\(index)]", .mapped,
                "its schema is sent without what Gemini's schemas do not have: \(words)")
        }
        return clean.json
    }

    /// Searching and running code exist everywhere; older models refuse them beside functions, so then they are left
    /// out.
    private mutating func writeBuiltIn(_ tool: Tool, to tools: inout JSONWriter) {
        guard case .builtIn(let type, let json) = tool.kind else { return }
        if isOwn {
            tools.raw(json)
            return
        }
        let name = "\(request.name(of: .tools))[].\(type)"
        guard let own = Self.builtIns.first(where: { type.hasPrefix($0.prefix) })?.name else {
            changes.note(name, .dropped, "a tool of another provider; Gemini has nothing like it")
            return
        }
        guard !hasFunctions else {
            changes.note(name, .dropped, "Gemini does not take \(own) beside functions")
            return
        }
        tools.object { $0.object(own) { _ in } }
        changes.note(name, .mapped, "sent as \(own) with its defaults")
    }

    private static let builtIns: [(prefix: String, name: StaticString)] = [
        ("web_search", "googleSearch"), ("code_", "codeExecution"), ("web_fetch", "urlContext"),
    ]

    private mutating func writeConfig(to writer: inout JSONWriter) {
        let prefix = "toolConfig."
        let extras = isOwn ? request.extras.filter { $0.name.hasPrefix(prefix) } : []
        let choice = request.tools.isEmpty && !isOwn ? nil : request.toolChoice ?? (isStrict ? .auto : nil)
        if isStrict, choice == .auto {
            changes.note("\(request.name(of: .tools))[].strict", .mapped, "sent as mode VALIDATED, for all tools")
        }
        guard choice != nil || !extras.isEmpty else { return }
        writer.object("toolConfig") { writer in
            if let choice { Self.write(choice, isStrict: isStrict, to: &writer) }
            for extra in extras {
                writer.key(String(extra.name.dropFirst(prefix.count)))
                writer.raw(extra.json)
            }
        }
    }

    /// `ANY` and `VALIDATED` hold arguments to their schema, `AUTO` does not.
    private static func write(_ choice: ToolChoice, isStrict: Bool, to writer: inout JSONWriter) {
        writer.object("functionCallingConfig") { writer in
            switch choice {
            case .auto: writer.member("mode", isStrict ? "VALIDATED" : "AUTO")
            case .none: writer.member("mode", "NONE")
            case .required: writer.member("mode", "ANY")
            case .tool(let name):
                writer.member("mode", "ANY")
                writer.member("allowedFunctionNames", [name])
            case .allowed(let names, let isRequired):
                writer.member("mode", isRequired ? "ANY" : "VALIDATED")
                writer.member("allowedFunctionNames", names)
            }
        }
    }
}
