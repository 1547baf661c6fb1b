package import Bytes
package import Vocabulary

/// Embeddings: OpenAI's form from callers, every provider's own to providers.
package enum EmbeddingsCodec {
    /// Reads a caller's request.
    package static func decode(_ root: JSONView) throws(TranslationFault) -> EmbeddingRequest {
        try EmbeddingRequestReader.read(root)
    }

    /// Writes a request for a provider.
    ///
    /// - Throws: For tokens to a provider that wants text, and for more inputs than it takes in a call.
    package static func encode(
        _ request: EmbeddingRequest, format: EmbeddingFormat, target: EncodingTarget, changes: inout [ParameterChange]
    ) throws(TranslationFault) -> [UInt8] {
        var writer = EmbeddingRequestWriter(request, format, target)
        let body = try writer.write()
        for change in writer.changes { changes.note(change.name, change.action, change.detail) }
        return body
    }

    /// Reads a provider's answer.
    package static func decode(_ root: JSONView, format: EmbeddingFormat) -> EmbeddingAnswer {
        EmbeddingAnswerReader.read(root, format)
    }

    /// Writes an answer for the caller: OpenAI's list, in the encoding that the request asked for.
    package static func encode(_ answer: EmbeddingAnswer, request: EmbeddingRequest) -> [UInt8] {
        var writer = JSONWriter(capacity: 4_096)
        writer.object { writer in
            writer.member("object", "list")
            writer.array("data") { writer in
                for (index, vector) in answer.vectors.enumerated() {
                    writer.object { writer in
                        writer.member("object", "embedding")
                        writer.member("index", Int64(index))
                        writer.key("embedding")
                        EmbeddingVectors.write(vector, as: request.encoding, to: &writer)
                    }
                }
            }
            writer.member("model", answer.model.isEmpty ? request.model : answer.model)
            let tokens = answer.usage?.totalInput ?? 0
            writer.object("usage") { writer in
                writer.member("prompt_tokens", tokens)
                writer.member("total_tokens", tokens)
            }
        }
        return writer.bytes
    }
}

/// Puts vectors into the form that a caller asked for.
enum EmbeddingVectors {
    static func write(
        _ vector: EmbeddingAnswer.Vector, as encoding: EmbeddingRequest.Encoding, to writer: inout JSONWriter
    ) {
        switch (vector, encoding) {
        case (.numbers(let json), .float): writer.raw(json)
        case (.base64(let text), .base64): writer.string(text)
        case (.numbers(let json), .base64): writer.string(Base64.encode(floats(json)))
        case (.base64(let text), .float): writer.raw(numbers(text))
        }
    }

    /// A JSON array of numbers as little-endian 32-bit floats. What is no number becomes 0.
    static func floats(_ json: [UInt8]) -> [UInt8] {
        JSONText.read(json) { list in
            var bytes: [UInt8] = []
            for element in list.elements {
                let bits = Float(element.double ?? 0).bitPattern
                for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
            }
            return bytes
        } ?? []
    }

    /// Little-endian 32-bit floats as a JSON array of the shortest numbers that read back as them; empty for text that
    /// is no base64.
    static func numbers(_ base64: String) -> [UInt8] {
        let bytes = Base64.decode(base64) ?? []
        return JSONText.written { writer in
            writer.beginArray()
            for start in stride(from: 0, to: bytes.count - bytes.count % 4, by: 4) {
                let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32($1 * 8) }
                let number = Float(bitPattern: bits)
                writer.raw(Array((number.isFinite ? number.description : "0").utf8))
            }
            writer.endArray()
        }
    }
}
