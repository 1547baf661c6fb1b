package import Bytes
package import Vocabulary

/// Gemini's `models/<model>:countTokens`, both sides.
package enum GeminiTokenCount {
    /// Reads a caller's request: contents alone, or a whole `generateContentRequest`; Vertex has the latter's members
    /// at the top.
    package static func decode(_ root: JSONView, call: CallerPath) throws(TranslationFault) -> ModelRequest {
        try GeminiCodec.decode(root.camel("generateContentRequest") ?? root, call: call)
    }

    /// The caller's answer.
    package static func encode(tokens: Int64) -> [UInt8] {
        JSONText.written { writer in writer.object { $0.member("totalTokens", tokens) } }
    }

    /// Writes the provider's request. Options of the answer are left out: they cost no input.
    package static func encode(
        _ request: ModelRequest, target: EncodingTarget, changes: inout [ParameterChange]
    ) throws(TranslationFault) -> [UInt8] {
        let body = try GeminiCodec.encode(request, target: target, changes: &changes)
        return JSONText.written { writer in
            writer.object { writer in
                writer.object("generateContentRequest") { writer in
                    writer.member("model", "models/\(GeminiNames.model(target.model))")
                    writeMembers(of: body, to: &writer)
                }
            }
        }
    }

    private static func writeMembers(of body: [UInt8], to writer: inout JSONWriter) {
        let kept: Set<String> = ["contents", "systemInstruction", "tools", "toolConfig", "cachedContent"]
        _ = JSONText.read(body) { root in
            for (key, value) in root.members where kept.contains(key.string) {
                writer.key(utf8: key.raw)
                writer.raw(value.raw)
            }
        }
    }

    /// The provider's count; `nil` if it gave none.
    package static func tokens(in root: JSONView) -> Int64? { root.camel("totalTokens")?.int64 }
}
