import Bytes

/// Which members of a body an answer depends on.
enum CacheMembers {
    /// Members that change how an answer is delivered, billed or traced, never what it says. `model` is among them
    /// because the route that it resolves to is part of the key.
    private static let delivery: [StaticString] = [
        "model", "stream", "stream_options", "user", "metadata", "store", "session_id", "trace", "trace_id",
        "safety_identifier", "prompt_cache_key", "prompt_cache_retention", "cache",
    ]

    static func areIgnored(_ key: JSONKeyView, beside names: [String]) -> Bool {
        if delivery.contains(where: { key == $0 }) { return true }
        return !names.isEmpty && names.contains(key.string)
    }

    /// Members whose answer depends on what the provider keeps and changes (OpenAI's `conversation`), that has no
    /// answer yet (`background`), or whose answer can't be given as a stream (`audio`).
    private static let moving: [StaticString] = ["conversation", "background", "audio"]

    static func forbidsCaching(_ key: JSONKeyView, _ value: JSONView) -> Bool {
        moving.contains { key == $0 } && !value.isNull && value.bool != false
    }
}

extension JSONView {
    /// True where no answer to this body may be kept or given from the cache.
    package var forbidsCaching: Bool {
        var members = members
        while let (key, value) = members.next() {
            if CacheMembers.forbidsCaching(key, value) { return true }
        }
        return false
    }
}
