import Bytes
import Vocabulary

/// The top-level members of a request's body, in the order of writing. A preset's quirks are applied when they are
/// put together.
struct BodyMembers {
    private struct Member {
        var name: String
        var json: [UInt8]
        /// What the caller calls it.
        var callerName: String
    }

    private var members: [Member] = []

    /// Adds a member whose value `write` writes.
    mutating func add(_ name: String, as callerName: String? = nil, _ write: (inout JSONWriter) -> Void) {
        var writer = JSONWriter()
        write(&writer)
        add(name, json: writer.bytes, as: callerName)
    }

    /// Adds a member whose value is JSON already.
    mutating func add(_ name: String, json: [UInt8], as callerName: String? = nil) {
        members.append(Member(name: name, json: json, callerName: callerName ?? name))
    }

    /// Adds a number, if there is one.
    mutating func add(_ name: String, _ number: NumberText?, as callerName: String? = nil) {
        if let number { add(name, json: Array(number.text.utf8), as: callerName) }
    }

    /// Adds a string, if there is one.
    mutating func add(_ name: String, _ text: String?, as callerName: String? = nil) {
        if let text { add(name, as: callerName) { $0.string(text) } }
    }

    /// The body.
    func body(_ quirks: ProviderQuirks, _ changes: inout [ParameterChange]) -> [UInt8] {
        var writer = JSONWriter(capacity: members.reduce(64) { $0 + $1.json.count + $1.name.utf8.count + 4 })
        writer.beginObject()
        for member in members {
            if quirks.unsupported.contains(member.name) {
                changes.note(member.callerName, .dropped, "the provider refuses it")
                continue
            }
            writer.key(renamed(member, quirks, &changes))
            writer.raw(clamped(member, quirks, &changes))
        }
        writer.endObject()
        return writer.bytes
    }

    private func renamed(_ member: Member, _ quirks: ProviderQuirks, _ changes: inout [ParameterChange]) -> String {
        guard let name = quirks.renamed[member.name] else { return member.name }
        changes.note(member.callerName, .renamed, "sent as \(name)")
        return name
    }

    private func clamped(_ member: Member, _ quirks: ProviderQuirks, _ changes: inout [ParameterChange]) -> [UInt8] {
        guard let maximum = quirks.maximum[member.name] else { return member.json }
        let number = NumberText(String(decoding: member.json, as: UTF8.self))
        guard number.value > maximum else { return member.json }
        var writer = JSONWriter()
        writer.double(maximum)
        changes.note(member.callerName, .clamped, "at most \(String(decoding: writer.bytes, as: UTF8.self)) here")
        return writer.bytes
    }
}
