package import Vocabulary
import Bytes

/// Puts bodies together again from their manifest and contents.
package enum BodyRebuilder {
    /// The whole body as JSON text; `nil` where there was none or its shell is gone.
    ///
    /// A part whose content is gone becomes `null`. A body that was not JSON comes as `{"@text":"..."}`; see `text`.
    package static func body(_ manifest: BodyManifest, contents: [ContentHash: [UInt8]]) -> [UInt8]? {
        guard let shell = manifest.shell.flatMap({ contents[$0] }) else { return nil }
        return shell.withUnsafeBytes { bytes in
            let root = JSONView(validated: bytes)
            if root["@text"] != nil { return shell }
            if let value = root["@json"] { return Array(value.raw) }
            var writer = JSONWriter(capacity: shell.count * 2)
            writer.beginObject()
            root.forEachMember { key, value in
                if key.raw.first == BodyShell.mark { return }
                writer.key(utf8: key.raw)
                writeShellMember(key.string, value, manifest, contents, &writer)
            }
            let volatile = root["@volatile"]
            for part in manifest.parts { writePart(part, contents, volatile, &writer) }
            writer.endObject()
            return writer.bytes
        }
    }

    /// The text of a body that was not JSON; `nil` for all others.
    package static func text(_ manifest: BodyManifest, contents: [ContentHash: [UInt8]]) -> String? {
        guard let shell = manifest.shell.flatMap({ contents[$0] }) else { return nil }
        return shell.withUnsafeBytes { JSONView(validated: $0)["@text"]?.string }
    }

    /// A shell member as it stands, with the parts that were cut from inside it (`choices.0.message`) put back.
    private static func writeShellMember(
        _ key: String, _ value: JSONView, _ manifest: BodyManifest, _ contents: [ContentHash: [UInt8]],
        _ writer: inout JSONWriter
    ) {
        let inner = manifest.parts.compactMap { part in PartPath(part).flatMap { $0.list == key ? $0 : nil } }
        guard !inner.isEmpty, value.kind == .array else { return writer.raw(value.raw) }
        writer.beginArray()
        for (index, element) in value.elements.enumerated() {
            writer.beginObject()
            element.forEachMember { name, value in
                writer.key(utf8: name.raw)
                writer.raw(value.raw)
            }
            for path in inner where path.index == index {
                writer.key(path.member)
                writeContent(path.hash, contents, &writer)
            }
            writer.endObject()
        }
        writer.endArray()
    }

    private static func writePart(
        _ part: BodyManifest.Part, _ contents: [ContentHash: [UInt8]], _ volatile: JSONView?,
        _ writer: inout JSONWriter
    ) {
        if PartPath(part) != nil { return }
        if part.key == "@message" { return writeMessage(part, contents, &writer) }
        writer.key(part.key)
        guard part.isList else {
            if let hash = part.hashes.first { writeContent(hash, contents, &writer) } else { writer.null() }
            return
        }
        let items = volatile?.member(named: part.key)
        writer.beginArray()
        for (index, hash) in part.hashes.enumerated() {
            writeItem(contents[hash], items?.member(named: String(index)), &writer)
        }
        writer.endArray()
    }

    /// A list item with the volatile members that were kept apart from it.
    private static func writeItem(_ item: [UInt8]?, _ volatile: JSONView?, _ writer: inout JSONWriter) {
        guard let item else { return writer.null() }
        guard let volatile else { return writer.raw(item) }
        writer.beginObject()
        item.withUnsafeBytes { bytes in
            for (key, value) in JSONView(validated: bytes).members {
                writer.key(utf8: key.raw)
                writer.raw(value.raw)
            }
        }
        for (key, value) in volatile.members {
            writer.key(utf8: key.raw)
            writer.raw(value.raw)
        }
        writer.endObject()
    }

    /// The role and content of an Anthropic answer, whose content is always a list of blocks.
    private static func writeMessage(
        _ part: BodyManifest.Part, _ contents: [ContentHash: [UInt8]], _ writer: inout JSONWriter
    ) {
        guard let message = part.hashes.first.flatMap({ contents[$0] }) else { return }
        message.withUnsafeBytes { bytes in
            for (key, value) in JSONView(validated: bytes).members {
                writer.key(utf8: key.raw)
                guard key == "content", value.kind == .string else {
                    writer.raw(value.raw)
                    continue
                }
                writer.beginArray()
                writer.beginObject()
                writer.key("type")
                writer.string("text")
                writer.key("text")
                writer.raw(value.raw)
                writer.endObject()
                writer.endArray()
            }
        }
    }

    private static func writeContent(
        _ hash: ContentHash, _ contents: [ContentHash: [UInt8]], _ writer: inout JSONWriter
    ) {
        if let bytes = contents[hash] { writer.raw(bytes) } else { writer.null() }
    }
}

/// The place of a part that was cut from inside a list: `choices.0.message`.
struct PartPath {
    var list: String
    var index: Int
    var member: String
    var hash: ContentHash

    /// `nil` for parts that are top-level members.
    init?(_ part: BodyManifest.Part) {
        let fields = part.key.split(separator: ".", omittingEmptySubsequences: false)
        guard !part.isList, fields.count == 3, fields[0] == "choices" || fields[0] == "candidates",
            let index = Int(fields[1]), let hash = part.hashes.first
        else { return nil }
        list = String(fields[0])
        self.index = index
        member = String(fields[2])
        self.hash = hash
    }
}

extension JSONView {
    /// The first member with a name that is known only when running.
    func member(named name: String) -> JSONView? {
        members.first { $0.key.string == name }?.value
    }
}
