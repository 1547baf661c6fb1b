package import Bytes
package import Vocabulary

/// Bedrock's `POST /model/<model>/count-tokens`, the provider's side.
package enum BedrockTokenCount {
    /// Writes the request.
    package static func encode(
        _ request: ModelRequest, target: EncodingTarget, changes: inout [ParameterChange]
    ) throws(TranslationFault) -> [UInt8] {
        let kept: Set<String> = ["messages", "system", "toolConfig", "additionalModelRequestFields"]
        let body = try BedrockConverseCodec.encode(request, target: target, changes: &changes)
        return JSONText.written { writer in
            writer.object { writer in
                writer.object("input") { writer in
                    writer.object("converse") { writer in
                        _ = JSONText.read(body) { root in
                            for (key, value) in root.members where kept.contains(key.string) {
                                writer.key(utf8: key.raw)
                                writer.raw(value.raw)
                            }
                        }
                    }
                }
            }
        }
    }

    /// The provider's count; `nil` if it gave none.
    package static func tokens(in root: JSONView) -> Int64? { root["inputTokens"]?.int64 }
}
