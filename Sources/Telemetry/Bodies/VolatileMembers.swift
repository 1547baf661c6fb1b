import Bytes

/// The ids and states that the Responses API puts on its items: they change when an item is replayed, so they are kept
/// out of the item's hash and stored in the shell instead, as `"@volatile":{"output":{"0":{"id":"..."}}}`.
struct VolatileMembers {
    static let names: [StaticString] = ["id", "status"]

    private var lists: [(key: [UInt8], items: [UInt8])] = []
    private var items: [UInt8] = []

    /// Notes what item number `index` has of them.
    mutating func note(_ item: JSONView, index: Int) {
        var found: [UInt8] = []
        item.forEachMember { key, value in
            guard Self.names.contains(where: { key == $0 }) else { return }
            if !found.isEmpty { found.append(UInt8(ascii: ",")) }
            found.append(contentsOf: key.text[key.range])
            found.append(UInt8(ascii: ":"))
            found.append(contentsOf: value.raw)
        }
        if found.isEmpty { return }
        if !items.isEmpty { items.append(UInt8(ascii: ",")) }
        items.append(contentsOf: "\"\(index)\":{".utf8)
        items.append(contentsOf: found)
        items.append(UInt8(ascii: "}"))
    }

    /// The items noted so far are those of the member `key`.
    mutating func endList(_ key: JSONKeyView) {
        if !items.isEmpty { lists.append((Array(key.text[key.range]), items)) }
        items = []
    }

    func write(to shell: inout BodyShell) {
        guard !lists.isEmpty else { return }
        shell.member("@volatile") { output in
            for (index, list) in lists.enumerated() {
                output.append(index == 0 ? UInt8(ascii: "{") : UInt8(ascii: ","))
                output.append(contentsOf: list.key)
                output.append(contentsOf: ":{".utf8)
                output.append(contentsOf: list.items)
                output.append(UInt8(ascii: "}"))
            }
            output.append(UInt8(ascii: "}"))
        }
    }
}
