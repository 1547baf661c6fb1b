package import Bytes

/// Anthropic's `POST /v1/messages/count_tokens`, both sides. Its requests are those of `messages` without the answer's
/// options.
package enum AnthropicTokenCount {
    /// Members of a `messages` request that counting takes too; it refuses others.
    private static let kept: Set<String> = [
        "model", "messages", "system", "tools", "tool_choice", "thinking", "mcp_servers", "output_config",
        "context_management", "cache_control",
    ]

    /// The caller's answer.
    package static func encode(tokens: Int64) -> [UInt8] {
        JSONText.written { writer in writer.object { $0.member("input_tokens", tokens) } }
    }

    /// The provider's request, from one for `messages`.
    package static func request(fromMessages body: [UInt8]) -> [UInt8] {
        JSONText.written { writer in
            writer.object { writer in
                _ = JSONText.read(body) { root in
                    for (key, value) in root.members where kept.contains(key.string) {
                        writer.key(utf8: key.raw)
                        writer.raw(value.raw)
                    }
                }
            }
        }
    }

    /// A caller's request in the form that the `messages` reader takes: `max_tokens`, which it may demand, is added.
    package static func messages(fromRequest root: JSONView) -> [UInt8] {
        guard root.kind == .object, root["max_tokens"] == nil else { return root.json }
        var patch = JSONPatch()
        patch.insertMember(first: "max_tokens", value: Array("1".utf8), in: root)
        return patch.apply(to: root.text)
    }

    /// The provider's count; `nil` if it gave none.
    package static func tokens(in root: JSONView) -> Int64? { root["input_tokens"]?.int64 }
}
