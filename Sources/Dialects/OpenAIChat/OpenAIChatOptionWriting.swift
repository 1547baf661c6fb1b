import Bytes
import Vocabulary

// Tools, the answer's form, and reasoning options.
extension OpenAIChatRequestWriter {
    mutating func writeTools() {
        let tools = writableTools()
        guard !tools.isEmpty else {
            if request.toolChoice == .required {
                changes.note(request.name(of: .toolChoice), .dropped, "there are no tools")
            }
            return
        }
        let marksCache = quirks.acceptsCacheControl
        emit("tools", .tools) { writer in
            writer.beginArray()
            for tool in tools { Self.write(tool, marksCache: marksCache, to: &writer) }
            writer.endArray()
        }
        if quirks.unsupported.contains("tools") { return }
        writeToolChoice()
        if let parallel = request.parallelToolCalls {
            emit("parallel_tool_calls", .parallelToolCalls) { $0.bool(parallel) }
        }
    }

    /// The tools that can be sent; the others are named as dropped.
    private mutating func writableTools() -> [Tool] {
        var tools: [Tool] = []
        for tool in request.tools {
            if case .builtIn(let type, _) = tool.kind, request.source != .openAIChat {
                changes.note(request.name(of: .tools), .dropped, "a tool of type \(type) runs at its own provider only")
                continue
            }
            if tool.cacheLifetime != nil, !quirks.acceptsCacheControl { noteCache() }
            tools.append(tool)
        }
        guard quirks.lacksAllowedTools, case .allowed(let names, _) = request.toolChoice else { return tools }
        changes.note(request.name(of: .toolChoice), .mapped, "only the allowed tools are sent")
        return tools.filter { names.contains($0.name) }
    }

    mutating func noteCache() {
        changes.note(request.name(of: .cacheLifetime), .dropped, "the provider caches by itself")
    }

    private static func write(_ tool: Tool, marksCache: Bool, to writer: inout JSONWriter) {
        guard case .function(let parameters, let strict) = tool.kind else {
            if case .builtIn(_, let json) = tool.kind { writer.raw(json) }
            return
        }
        writer.object { writer in
            writer.member("type", "function")
            writer.object("function") { writer in
                writer.member("name", tool.name)
                if let description = tool.description { writer.member("description", description) }
                if let parameters { writer.member("parameters", json: parameters) }
                if let strict { writer.member("strict", strict) }
            }
            if marksCache, let lifetime = tool.cacheLifetime { Self.writeCache(lifetime, to: &writer) }
        }
    }

    static func writeCache(_ lifetime: String, to writer: inout JSONWriter) {
        writer.object("cache_control") { writer in
            writer.member("type", "ephemeral")
            if lifetime != "5m" { writer.member("ttl", lifetime) }
        }
    }

    private mutating func writeToolChoice() {
        guard let choice = request.toolChoice else { return }
        if choice == .required, let word = quirks.requiredToolChoice {
            changes.note(request.name(of: .toolChoice), .mapped, "required is sent as \(word)")
        }
        let quirks = quirks
        emit("tool_choice", .toolChoice) { Self.write(choice, quirks, to: &$0) }
    }

    private static func write(_ choice: ToolChoice, _ quirks: ProviderQuirks, to writer: inout JSONWriter) {
        let required = quirks.requiredToolChoice ?? "required"
        switch choice {
        case .auto: writer.string("auto")
        case .none: writer.string("none")
        case .required: writer.string(required)
        case .tool(let name): writeFunction(name, to: &writer)
        case .allowed(_, let isRequired) where quirks.lacksAllowedTools: writer.string(isRequired ? required : "auto")
        case .allowed(let names, let isRequired):
            writer.object { writer in
                writer.member("type", "allowed_tools")
                writer.object("allowed_tools") { writer in
                    writer.member("mode", isRequired ? "required" : "auto")
                    writer.array("tools") { writer in
                        for name in names { writeFunction(name, to: &writer) }
                    }
                }
            }
        }
    }

    private static func writeFunction(_ name: String, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("type", "function")
            writer.object("function") { $0.member("name", name) }
        }
    }

    mutating func writeFormat() {
        guard let format = request.format else { return }
        switch format {
        case .jsonSchema(let name, let description, let schema, let strict) where !quirks.lacksJSONSchema:
            emit("response_format", .format) { writer in
                writer.object { writer in
                    writer.member("type", "json_schema")
                    writer.object("json_schema") { writer in
                        writer.member("name", name)
                        if let description { writer.member("description", description) }
                        writer.member("schema", json: schema)
                        if let strict { writer.member("strict", strict) }
                    }
                }
            }
        case .jsonSchema, .jsonObject:
            if case .jsonSchema = format {
                changes.note(
                    request.name(of: .format), .mapped, "sent as json_object, with the schema in the system text")
            }
            emit("response_format", .format) { $0.raw(Array(#"{"type":"json_object"}"#.utf8)) }
        }
    }

    /// What a provider without `json_schema` is told in words.
    var schemaInstruction: String? {
        guard quirks.lacksJSONSchema, case .jsonSchema(_, _, let schema, _) = request.format else { return nil }
        return SchemaInstruction.text(schema)
    }

    mutating func writeReasoningOptions() {
        guard let options = request.reasoning else { return }
        switch quirks.reasoningStyle {
        case .effort: writeEffort(options)
        case .object: writeObject(options)
        case .thinkingAndEffort:
            let isSwitchedOn = options.isEnabled == true && options.effort == nil && options.budgetTokens == nil
            guard options.isOff || isSwitchedOn else { return writeEffort(options) }
            emit("thinking", .reasoning) { writer in
                writer.object { $0.member("type", options.isOff ? "disabled" : "enabled") }
            }
        case .thinking:
            guard let isOn = onOrOff(options) else { return }
            emit("thinking", .reasoning) { writer in
                writer.object { $0.member("type", isOn ? "enabled" : "disabled") }
            }
        case .template:
            guard let isOn = onOrOff(options) else { return }
            emit("chat_template_kwargs", .reasoning) { writer in
                writer.object { $0.member("enable_thinking", isOn) }
            }
        case .none: changes.note(request.name(of: .reasoning), .dropped, "the provider has no reasoning options")
        }
    }

    private mutating func writeEffort(_ options: ReasoningOptions) {
        if options.includesThoughts == true {
            changes.note(
                request.name(of: .includesThoughts), .dropped, "the provider decides whether thoughts are shown")
        }
        if options.summary != nil {
            changes.note(request.name(of: .reasoningSummary), .dropped, "chat completions give no summaries")
        }
        guard let wanted = options.effort ?? effort(for: options) else { return }
        let effort = Efforts.nearest(to: wanted, in: quirks.efforts.isEmpty ? Efforts.all : quirks.efforts)
        if effort != wanted {
            changes.note(request.name(of: .reasoningEffort), .mapped, "\(wanted) is sent as \(effort)")
        }
        emit("reasoning_effort", .reasoningEffort) { $0.string(effort) }
    }

    private mutating func effort(for options: ReasoningOptions) -> String? {
        if options.isEnabled == false { return "none" }
        if let budget = options.budgetTokens {
            let effort = budget > 0 ? ReasoningScale.effort(forBudget: budget) : "none"
            changes.note(request.name(of: .reasoningBudget), .mapped, "\(budget) tokens are sent as effort \(effort)")
            return effort
        }
        if options.isAdaptive || options.isEnabled == true {
            changes.note(request.name(of: .reasoning), .mapped, "left to the model")
        }
        return nil
    }

    private mutating func writeObject(_ options: ReasoningOptions) {
        if options.summary != nil {
            changes.note(request.name(of: .reasoningSummary), .dropped, "the provider gives no choice of summaries")
        }
        emit("reasoning", .reasoning) { writer in
            writer.object { writer in
                if let effort = options.effort {
                    writer.member("effort", effort)
                } else if let budget = options.budgetTokens {
                    writer.member("max_tokens", budget)
                } else {
                    writer.member("enabled", options.isEnabled ?? true)
                }
                if let shows = options.includesThoughts { writer.member("exclude", !shows) }
            }
        }
    }

    /// Whether thinking is wanted, for providers that know no more; `nil` where the caller leaves it to the model.
    private mutating func onOrOff(_ options: ReasoningOptions) -> Bool? {
        if options.effort != nil || options.budgetTokens != nil {
            changes.note(request.name(of: .reasoning), .mapped, "the provider can only turn thinking on or off")
        }
        if let isEnabled = options.isEnabled { return isEnabled }
        if let effort = options.effort { return effort != "none" }
        return options.budgetTokens.map { $0 > 0 }
    }
}

/// Words for how much a model may think.
package enum Efforts {
    /// OpenAI's words, from least to most.
    package static let all = ["none", "minimal", "low", "medium", "high", "xhigh"]

    /// The word of `known` that is nearest to `wanted`, the lesser of two; `wanted` where it is known, or not a word.
    package static func nearest(to wanted: String, in known: [String]) -> String {
        guard !known.isEmpty, !known.contains(wanted) else { return wanted }
        // Anthropic's word for most.
        guard let place = wanted == "max" ? all.count : all.firstIndex(of: wanted) else { return wanted }
        let places = known.compactMap { word in all.firstIndex(of: word).map { (word, abs($0 - place)) } }
        return places.min { $0.1 < $1.1 }?.0 ?? wanted
    }
}

/// How a model is told in words to keep to a schema.
package enum SchemaInstruction {
    /// The sentence that goes into the system text.
    package static func text(_ schema: [UInt8]) -> String {
        "Answer with one JSON object and nothing else. It must be valid against this JSON Schema: "
            + String(decoding: schema, as: UTF8.self)
    }
}
