package import Bytes
package import Vocabulary

/// Bedrock's `Converse` and `ConverseStream`, one format for the models of all makers there.
package enum BedrockConverseCodec: ProviderCodec {
    /// Amazon's own binary framing.
    package static var framing: StreamFraming { .amazonEventStream }

    /// Writes a request's body; model and streaming stand in the path.
    package static func encode(
        _ request: ModelRequest, target: EncodingTarget, changes: inout [ParameterChange]
    ) throws(TranslationFault) -> [UInt8] {
        var writer = BedrockRequestWriter(request, target)
        let body = try writer.body()
        changes.merge(writer.changes)
        return body
    }

    /// Reads a whole answer.
    package static func decode(_ root: JSONView) -> ModelAnswer { BedrockAnswerReader.read(root) }

    /// Reads an error.
    package static func error(_ body: UnsafeRawBufferPointer, status: Int) -> UpstreamError {
        BedrockErrors.read(body, status: status)
    }

    /// Starts reading a stream.
    package static func streamDecoder() -> any AnswerStreamDecoder { BedrockStreamReader() }
}
