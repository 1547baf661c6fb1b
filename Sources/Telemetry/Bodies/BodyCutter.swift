import Bytes
import Vocabulary

/// Decides member by member what becomes a piece and what stays in the shell.
struct BodyCutter {
    typealias Member = (key: JSONKeyView, value: JSONView)

    private let project: ProjectID
    private(set) var sink: ContentSink
    private(set) var isCut = false
    private(set) var preview = ""
    private var shell = BodyShell()
    private var volatile = VolatileMembers()
    private var parts: [BodyManifest.Part] = []
    private var scratch: [UInt8] = []

    init(project: ProjectID, sink: consuming ContentSink) {
        self.project = project
        self.sink = sink
    }

    mutating func finish() -> BodyManifest {
        volatile.write(to: &shell)
        return BodyManifest(shell: sink.add(shell.finish(), project: project), parts: parts)
    }

    mutating func request(_ members: [Member]) {
        for (key, value) in members {
            switch key {
            case "messages", "contents", "input": conversation(key, value)
            case "prompt":
                show(BodyPreview.conversation(value, Array(value.elements)))
                whole(key, value)
            case "system", "instructions": whole(key, value)
            case "tools" where value.raw.count > BodySplitter.smallestTools: whole(key, value)
            default: shell.copy(key, value)
            }
        }
    }

    mutating func response(_ members: [Member]) {
        let role = members.first { $0.key == "role" }?.value
        let content = members.first { $0.key == "content" }?.value
        let isMessage = role?.kind == .string && content?.kind == .array
        if isMessage, let role, let content { mergedMessage(role, content) }
        for (key, value) in members {
            if isMessage, key == "role" || key == "content" { continue }
            responseMember(key, value)
        }
    }

    private mutating func responseMember(_ key: JSONKeyView, _ value: JSONView) {
        switch key {
        case "choices": nested(key, value, inner: "message", shows: BodyPreview.choices)
        case "candidates": nested(key, value, inner: "content", shows: BodyPreview.candidates)
        case "output":
            let items = Array(value.elements)
            show(BodyPreview.output(items))
            messages(key, value, items, without: VolatileMembers.names)
        case "instructions": whole(key, value)
        case "tools" where value.raw.count > BodySplitter.smallestTools: whole(key, value)
        case "data" where value.raw.count > BodySplitter.largestVectors: isCut = true
        case "data": whole(key, value)
        default:
            if key == "error", let message = value["message"] { show(BodyPreview.plain(message)) }
            shell.copy(key, value)
        }
    }

    /// Only the Responses API's items carry volatile members.
    private mutating func conversation(_ key: JSONKeyView, _ value: JSONView) {
        let elements = Array(value.elements)
        show(BodyPreview.conversation(value, elements))
        messages(key, value, elements, without: key == "input" ? VolatileMembers.names : [])
    }

    private mutating func show(_ text: @autoclosure () -> String) {
        if preview.isEmpty { preview = text() }
    }

    /// An array of objects becomes a piece per element, anything else one piece.
    private mutating func messages(
        _ key: JSONKeyView, _ value: JSONView, _ elements: [JSONView], without names: [StaticString]
    ) {
        guard Self.areObjects(elements) else { return whole(key, value) }
        var part = BodyManifest.Part(key: key.string, isList: true, hashes: [])
        part.hashes.reserveCapacity(elements.count)
        for message in elements {
            if !names.isEmpty { volatile.note(message, index: part.hashes.count) }
            part.hashes.append(piece(message, without: names))
        }
        volatile.endList(key)
        parts.append(part)
    }

    /// One value as it stands. A missing value (`null`) is not worth a piece.
    private mutating func whole(_ key: JSONKeyView, _ value: JSONView) {
        guard !value.isNull else { return shell.copy(key, value) }
        let hash = sink.add(value.raw, project: project)
        parts.append(BodyManifest.Part(key: key.string, isList: false, hashes: [hash]))
    }

    /// `choices[N].message` becomes the part `choices.N.message`; what else a choice has stays in the shell.
    private mutating func nested(
        _ key: JSONKeyView, _ list: JSONView, inner: StaticString, shows preview: (JSONView) -> String
    ) {
        show(preview(list))
        let elements = Array(list.elements)
        guard Self.areObjects(elements) else { return shell.copy(key, list) }
        var rests = BodyShell.ListWriter()
        for (index, choice) in elements.enumerated() {
            var rest = BodyShell()
            choice.forEachMember { name, value in
                guard name == inner, value.kind == .object else { return rest.copy(name, value) }
                let hash = piece(value, without: [])
                parts.append(BodyManifest.Part(key: "\(key.string).\(index).\(inner)", isList: false, hashes: [hash]))
            }
            rests.append(rest.finish())
        }
        shell.raw(key, rests.finish())
    }

    /// An Anthropic answer is itself a message: its role and content become the part `@message`.
    private mutating func mergedMessage(_ role: JSONView, _ content: JSONView) {
        show(BodyPreview.content(content))
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: "{\"content\":".utf8)
        MessageForm.appendContent(content, to: &scratch)
        scratch.append(contentsOf: ",\"role\":".utf8)
        JSONCanonical.append(role, to: &scratch)
        scratch.append(UInt8(ascii: "}"))
        let hash = sink.add(scratch, project: project)
        parts.append(BodyManifest.Part(key: "@message", isList: false, hashes: [hash]))
    }

    private mutating func piece(_ message: JSONView, without names: [StaticString]) -> ContentHash {
        scratch.removeAll(keepingCapacity: true)
        MessageForm.append(message, without: names, to: &scratch)
        return sink.add(scratch, project: project)
    }

    private static func areObjects(_ elements: [JSONView]) -> Bool {
        !elements.isEmpty && elements.allSatisfy { $0.kind == .object }
    }
}
