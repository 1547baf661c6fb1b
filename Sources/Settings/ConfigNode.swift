/// A value of the configuration before it is understood: text with structure, and where it was written.
struct ConfigNode {
    indirect enum Value {
        /// Nothing written (`~`, `null` or empty): the default holds.
        case null
        /// Text. `isTemplate` where `${NAME}` is to be replaced.
        case scalar(String, isTemplate: Bool)
        case list([ConfigNode])
        case mapping([Member])
    }

    struct Member {
        var key: String
        var place: SettingsPlace
        var value: ConfigNode
    }

    var value: Value
    var place: SettingsPlace

    /// What the value is, in words for an error.
    var kindInWords: String {
        switch value {
        case .null: "nothing"
        case .scalar: "a single value"
        case .list: "a list"
        case .mapping: "a mapping (key: value)"
        }
    }

    /// Puts `node` at `path`, making mappings on the way and replacing what stood there. Where something other than a
    /// mapping is in the way it is left alone: reading it will say so.
    mutating func overlay(_ node: ConfigNode, at path: some Collection<String>) {
        guard let key = path.first else {
            self = node
            return
        }
        if case .null = value { value = .mapping([]) }
        guard case .mapping(var members) = value else { return }
        let index = members.firstIndex { $0.key == key } ?? members.endIndex
        if index == members.endIndex {
            members.append(Member(key: key, place: node.place, value: ConfigNode(value: .null, place: node.place)))
        }
        members[index].value.overlay(node, at: path.dropFirst())
        value = .mapping(members)
    }
}
