package import Vocabulary
import Bytes

extension BodyRebuilder {
    /// Which half of a call a body is.
    package enum Side: Sendable { case request, response }

    /// The body's messages in order, each as the JSON text of an object with `role` and `content`.
    ///
    /// They are the provider's own message objects where it has such; prompts, system texts and items without a role
    /// are put into one. Missing contents are left out.
    package static func messages(
        _ manifest: BodyManifest, contents: [ContentHash: [UInt8]], side: Side
    ) -> [[UInt8]] {
        let early = manifest.parts.filter { isSystem($0) && side == .request }
        let others = manifest.parts.filter { !isSystem($0) }
        var messages = (early + others).flatMap { part in
            part.hashes.compactMap { contents[$0] }.flatMap { message($0, of: part, side) }
        }
        if messages.isEmpty, side == .response, let shell = manifest.shell.flatMap({ contents[$0] }) {
            messages = completions(shell)
        }
        return messages
    }

    private static func isSystem(_ part: BodyManifest.Part) -> Bool {
        part.key == "system" || part.key == "instructions"
    }

    /// The messages that one piece of content stands for: one, or none.
    private static func message(_ bytes: [UInt8], of part: BodyManifest.Part, _ side: Side) -> [[UInt8]] {
        switch part.key {
        case "system", "instructions": return [wrapped(bytes, role: "system")]
        case "prompt": return [wrapped(bytes, role: "user")]
        case "input" where !part.isList: return [wrapped(bytes, role: "user")]
        case "messages" where part.isList, "@message": return [bytes]
        case "contents" where part.isList: return [gemini(bytes)]
        case "input" where part.isList, "output" where part.isList: return [item(bytes)]
        default:
            guard let path = PartPath(part) else { return [] }
            return [path.list == "candidates" ? gemini(bytes) : bytes]
        }
    }

    /// `{"role": role, "content": value}`.
    private static func wrapped(_ content: [UInt8], role: String, inList: Bool = false) -> [UInt8] {
        var writer = JSONWriter(capacity: content.count + 40)
        writer.beginObject()
        writer.key("role")
        writer.string(role)
        writer.key("content")
        if inList { writer.beginArray() }
        writer.raw(content)
        if inList { writer.endArray() }
        writer.endObject()
        return writer.bytes
    }

    /// An item of the Responses API: a message as it is; calls, results and reasoning inside one.
    private static func item(_ bytes: [UInt8]) -> [UInt8] {
        let (hasRole, isResult) = bytes.withUnsafeBytes { bytes in
            let item = JSONView(validated: bytes)
            return (item["role"] != nil, item["type"]?.string?.hasSuffix("_output") ?? false)
        }
        return hasRole ? bytes : wrapped(bytes, role: isResult ? "tool" : "assistant", inList: true)
    }

    /// Gemini says `parts` and `model` where others say `content` and `assistant`.
    private static func gemini(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes { bytes in
            let content = JSONView(validated: bytes)
            let role = content["role"]?.string ?? "user"
            guard let parts = content["parts"] else { return Array(bytes) }
            return wrapped(Array(parts.raw), role: role == "model" ? "assistant" : role)
        }
    }

    /// The answers of the legacy completions endpoint, whose text stays in the shell.
    private static func completions(_ shell: [UInt8]) -> [[UInt8]] {
        shell.withUnsafeBytes { bytes in
            guard let choices = JSONView(validated: bytes)["choices"] else { return [] }
            return choices.elements.compactMap { choice in
                choice["text"].map { wrapped(Array($0.raw), role: "assistant") }
            }
        }
    }
}
