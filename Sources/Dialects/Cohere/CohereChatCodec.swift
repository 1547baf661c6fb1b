package import Bytes
package import Vocabulary

/// Cohere's `/v2/chat`.
package enum CohereChatCodec: ProviderCodec {
    /// Server-sent events.
    package static var framing: StreamFraming { .serverSentEvents }

    /// Writes a request's body.
    package static func encode(
        _ request: ModelRequest, target: EncodingTarget, changes: inout [ParameterChange]
    ) throws(TranslationFault) -> [UInt8] {
        var writer = CohereRequestWriter(request, target)
        let body = try writer.body()
        changes.merge(writer.changes)
        return body
    }

    /// Reads a whole answer.
    package static func decode(_ root: JSONView) -> ModelAnswer { CohereAnswerReader.read(root) }

    /// Reads an error.
    package static func error(_ body: UnsafeRawBufferPointer, status: Int) -> UpstreamError {
        CohereErrors.read(body, status: status)
    }

    /// Starts reading a stream.
    package static func streamDecoder() -> any AnswerStreamDecoder { CohereStreamReader() }
}
