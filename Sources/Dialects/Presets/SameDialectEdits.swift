package import Bytes
package import Vocabulary

/// What a provider's quirks ask of a request that is in the provider's own format already: a few bytes are spliced and
/// all others pass untouched.
package enum SameDialectEdits {
    /// Adds the edits to `patch` and names them in `changes`. Costs one look at the quirks where they ask for nothing.
    ///
    /// The edits are of members other than `model`, and of `stream_options` only where the provider lacks it, so that
    /// the caller may set those in the same patch. Ask for usage only where `quirks.lacksStreamOptions` is false.
    ///
    /// - Parameters:
    ///   - root: The parsed request, in the bytes that the patch will be applied to.
    ///   - format: The format of caller and provider.
    package static func apply(
        _ root: JSONView, target: EncodingTarget, format: WireFormat, to patch: inout JSONPatch,
        changes: inout [ParameterChange]
    ) {
        guard target.quirks.asksForEdits(format), root.kind == .object else { return }
        var editor = RequestEditor(root: root, quirks: target.quirks, isChat: format == .openAIChat)
        editor.edit()
        for edit in editor.disjointEdits { patch.replace(edit.range, with: edit.bytes) }
        for change in editor.changes { changes.note(change.name, change.action, change.detail) }
    }
}

extension ProviderQuirks {
    /// True where a request of the provider's own format may have to change.
    package func asksForEdits(_ format: WireFormat) -> Bool {
        if !unsupported.isEmpty || !renamed.isEmpty || !maximum.isEmpty { return true }
        guard format == .openAIChat || format == .openAICompletions else { return false }
        if lacksStreamOptions { return true }
        guard format == .openAIChat else { return false }
        return usesMaxTokens || lacksJSONSchema || requiredToolChoice != nil || lacksAllowedTools || !efforts.isEmpty
            || (reasoningStyle != .effort && reasoningStyle != .object) || asksForMessageEdits
    }

    /// True where messages have to be walked.
    var asksForMessageEdits: Bool { lacksDeveloperRole || lacksContentParts || !unsupportedInMessages.isEmpty }
}

/// Collects edits of one request.
struct RequestEditor {
    struct Edit {
        var range: Range<Int>
        var bytes: [UInt8]
    }

    let root: JSONView
    let quirks: ProviderQuirks
    let isChat: Bool
    var edits: [Edit] = []
    var changes: [ParameterChange] = []

    init(root: JSONView, quirks: ProviderQuirks, isChat: Bool) {
        self.root = root
        self.quirks = quirks
        self.isChat = isChat
    }

    mutating func edit() {
        let hasMaxTokens = root["max_tokens"]?.unlessNull != nil
        removeMembers(of: root) { editor, name, value in editor.mustGo(name, value, hasMaxTokens: hasMaxTokens) }
        for (key, value) in root.members {
            let name = key.string
            if mustGoQuietly(name, value, hasMaxTokens: hasMaxTokens) { continue }
            change(name, key, value)
        }
    }

    /// Whether a top-level member is left out.
    private func mustGoQuietly(_ name: String, _ value: JSONView, hasMaxTokens: Bool) -> Bool {
        if quirks.unsupported.contains(name) { return true }
        if name == "stream_options" { return quirks.lacksStreamOptions }
        guard isChat else { return false }
        if name == "max_completion_tokens" { return quirks.usesMaxTokens && hasMaxTokens }
        return name == "reasoning_effort" && quirks.reasoningStyle == .none
    }

    private mutating func mustGo(_ name: String, _ value: JSONView, hasMaxTokens: Bool) -> Bool {
        guard mustGoQuietly(name, value, hasMaxTokens: hasMaxTokens) else { return false }
        if !NeutralValues.contains(name, value.raw) { changes.note(name, .dropped, "the provider refuses \(name)") }
        return true
    }

    /// Changes a top-level member that stays.
    private mutating func change(_ name: String, _ key: JSONKeyView, _ value: JSONView) {
        if let other = quirks.renamed[name] {
            rename(key, name, other)
        } else if isChat, name == "max_completion_tokens", quirks.usesMaxTokens {
            rename(key, name, "max_tokens")
        }
        if let bound = quirks.maximum[name], let number = value.double, number > bound {
            replace(value, Self.json { $0.double(bound) })
            let text = String(decoding: value.raw, as: UTF8.self)
            changes.note(name, .clamped, "\(text) is above the provider's bound")
        }
        guard isChat else { return }
        switch name {
        case "tool_choice": changeToolChoice(value)
        case "response_format": changeFormat(value)
        case "reasoning_effort": changeEffort(key, value)
        case "messages": changeMessages(value)
        default: break
        }
    }

    private mutating func rename(_ key: JSONKeyView, _ name: String, _ other: String) {
        edits.append(Edit(range: key.range, bytes: Self.json { $0.string(other) }))
        changes.note(name, .renamed, "sent as \(other)")
    }

    private mutating func changeToolChoice(_ value: JSONView) {
        let required = quirks.requiredToolChoice ?? "required"
        if value.isString("required"), required != "required" {
            replace(value, Self.json { $0.string(required) })
            changes.note("tool_choice", .mapped, "required is sent as \(required)")
        }
        guard quirks.lacksAllowedTools, let allowed = value["allowed_tools"] else { return }
        let isRequired = allowed["mode"]?.isString("required") ?? false
        replace(value, Self.json { $0.string(isRequired ? required : "auto") })
        changes.note("tool_choice", .mapped, "only the allowed tools are sent")
        let names = Set((allowed["tools"]?.elements).map { $0.compactMap { $0["function"]?["name"]?.string } } ?? [])
        guard let tools = root["tools"], tools.kind == .array, !quirks.unsupported.contains("tools") else { return }
        let kept = tools.elements.filter { tool in
            (tool["function"]?["name"]?.string).map { names.contains($0) } ?? false
        }
        replace(
            tools,
            Self.json { writer in
                writer.beginArray()
                for tool in kept { writer.raw(tool.raw) }
                writer.endArray()
            })
    }

    private mutating func changeFormat(_ value: JSONView) {
        guard quirks.lacksJSONSchema, schema != nil else { return }
        replace(value, Array(#"{"type":"json_object"}"#.utf8))
        changes.note("response_format", .mapped, "sent as json_object, with the schema in the system text")
    }

    /// The schema that the provider has to be told in words.
    var schema: [UInt8]? {
        guard quirks.lacksJSONSchema, let format = root["response_format"] else { return nil }
        guard format["type"]?.isString("json_schema") ?? false else { return nil }
        return format["json_schema"]?["schema"]?.json
    }

    private mutating func changeEffort(_ key: JSONKeyView, _ value: JSONView) {
        guard let wanted = value.string, quirks.renamed["reasoning_effort"] == nil else { return }
        switch quirks.reasoningStyle {
        case .thinkingAndEffort where wanted == "none":
            turnThinking(key, value, "thinking", Array(#"{"type":"disabled"}"#.utf8), .renamed)
        case .effort, .thinkingAndEffort:
            let effort = Efforts.nearest(to: wanted, in: quirks.efforts)
            guard effort != wanted else { return }
            replace(value, Self.json { $0.string(effort) })
            changes.note("reasoning_effort", .mapped, "\(wanted) is sent as \(effort)")
        // OpenRouter takes `reasoning_effort` beside its own object.
        case .object, .none: break
        case .thinking:
            let type = wanted == "none" ? "disabled" : "enabled"
            turnThinking(key, value, "thinking", Self.json { $0.object { $0.member("type", type) } })
        case .template:
            let isOn = wanted != "none"
            turnThinking(
                key, value, "chat_template_kwargs", Self.json { $0.object { $0.member("enable_thinking", isOn) } })
        }
    }

    private mutating func turnThinking(
        _ key: JSONKeyView, _ value: JSONView, _ name: String, _ json: [UInt8],
        _ action: ParameterChange.Action = .mapped
    ) {
        edits.append(Edit(range: key.range, bytes: Self.json { $0.string(name) }))
        replace(value, json)
        let detail = action == .mapped ? "the provider can only turn thinking on or off" : "sent as \(name)"
        changes.note("reasoning_effort", action, detail)
    }

    // MARK: - Splicing

    /// The edits in the order of the text. Where a member is repeated in the request two edits may meet; the first
    /// counts, for a patch must not overlap.
    var disjointEdits: [Edit] {
        var end = 0
        return edits.sorted { $0.range.lowerBound < $1.range.lowerBound }.filter { edit in
            guard edit.range.lowerBound >= end else { return false }
            end = edit.range.upperBound
            return true
        }
    }

    mutating func replace(_ value: JSONView, _ bytes: [UInt8]) {
        edits.append(Edit(range: value.range, bytes: bytes))
    }

    static func json(_ write: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        write(&writer)
        return writer.bytes
    }

    /// Removes members with their commas: with the one before where a kept member stands before, otherwise with what
    /// follows up to the next member. So no two removals overlap, and none touches a kept member.
    mutating func removeMembers(of object: JSONView, where mustGo: (inout Self, String, JSONView) -> Bool) {
        var hasKept = false
        var previousEnd = object.range.lowerBound + 1
        var pending: Int?
        for (key, value) in object.members {
            if let start = pending { edits.append(Edit(range: start..<key.range.lowerBound, bytes: [])) }
            pending = nil
            if !mustGo(&self, key.string, value) {
                hasKept = true
            } else if hasKept {
                edits.append(Edit(range: previousEnd..<value.range.upperBound, bytes: []))
            } else {
                pending = key.range.lowerBound
            }
            previousEnd = value.range.upperBound
        }
        if let start = pending { edits.append(Edit(range: start..<previousEnd, bytes: [])) }
    }
}
