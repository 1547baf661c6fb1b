import Vocabulary

/// Parts that LiteLLM's bodies for keys, teams, users and customers share.
enum LiteLLMBody {
    /// Refuses what would be lost: a field that is not read here and asks for something.
    static func check(_ body: JSONTree, known: [String]) throws(DoorError) {
        guard case .object(let members) = body else { throw .invalid("body", "a JSON object") }
        for member in members where !known.contains(member.key) && !member.value.isBlank {
            let hint = NearestName.hint(member.key, in: known)
            throw .notDone("`\(member.key.prefix(60))`", instead: "Leave it out\(hint).")
        }
    }

    /// Metadata as pairs; what is no text becomes JSON. Tags stand apart.
    static func metadata(_ tree: JSONTree) -> [MetadataPair] {
        tree.members.filter { $0.key != "tags" }.map {
            MetadataPair(key: $0.key, value: $0.value.text ?? String(decoding: $0.value.json, as: UTF8.self))
        }
    }

    /// The other way round: text that is a JSON object or array is shown as such.
    static func metadata(_ pairs: [MetadataPair], tags: [String] = []) -> JSONTree {
        var members = pairs.filter { $0.key != budgetKey }.map { pair in
            JSONTree.Member(key: pair.key, value: structured(pair.value) ?? .string(pair.value))
        }
        if !tags.isEmpty { members.append(.init(key: "tags", value: .texts(tags))) }
        return .object(members)
    }

    private static func structured(_ text: String) -> JSONTree? {
        guard text.hasPrefix("{") || text.hasPrefix("[") else { return nil }
        return JSONTree(json: Array(text.utf8))
    }

    /// The metadata that says which named budget somebody has.
    static let budgetKey = "litellm_budget_id"

    /// The named budget in somebody's metadata.
    static func budgetID(_ pairs: [MetadataPair]) -> String? { pairs.first { $0.key == budgetKey }?.value }

    /// LiteLLM writes `all-proxy-models` for no limit.
    static func models(_ body: JSONTree) throws(DoorError) -> [String]? {
        guard body.members.contains(where: { $0.key == "models" }) else { return nil }
        guard let value = body["models"] else { return [] }
        guard case .array = value else { throw .invalid("models", "an array of model names") }
        let names = value.texts
        return names.contains("all-proxy-models") ? [] : names
    }

    /// `30d` after now, as `expires`.
    static func expiry(_ body: JSONTree, now: UnixMicroseconds) throws(DoorError) -> UnixMicroseconds?? {
        guard body.members.contains(where: { $0.key == "duration" }) else { return nil }
        guard let value = body["duration"] else { return .some(nil) }
        guard let text = value.text, case .every(let length, _)? = BudgetWindow(text) else {
            throw .invalid("duration", "a length such as `30s`, `30m`, `24h` or `30d`")
        }
        return .some(now + length)
    }
}
