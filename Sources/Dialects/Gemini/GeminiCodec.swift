package import Bytes
package import Vocabulary

/// Google's `generateContent` and `streamGenerateContent`; Vertex speaks the same format.
package enum GeminiCodec: CallerCodec, ProviderCodec {
    /// Providers are always asked for `alt=sse`.
    package static var framing: StreamFraming { .serverSentEvents }

    /// Reads a request; the model and the wish for a stream stand in the path.
    package static func decode(_ root: JSONView, call: CallerPath) throws(TranslationFault) -> ModelRequest {
        try GeminiRequestReader.read(root, call: call)
    }

    /// Writes a whole answer.
    package static func encode(_ answer: ModelAnswer, context: AnswerContext) -> [UInt8] {
        GeminiAnswerWriter.write(answer, context)
    }

    /// Starts writing a stream, framed as the context says.
    package static func streamEncoder(context: AnswerContext) -> any AnswerStreamEncoder {
        GeminiStreamWriter(context: context)
    }

    /// Writes a request's body; the model belongs into the path.
    package static func encode(
        _ request: ModelRequest, target: EncodingTarget, changes: inout [ParameterChange]
    ) throws(TranslationFault) -> [UInt8] {
        var writer = GeminiRequestWriter(request, target)
        let body = try writer.body()
        changes.merge(writer.changes)
        return body
    }

    /// Reads a whole answer.
    package static func decode(_ root: JSONView) -> ModelAnswer { GeminiAnswerReader.read(root) }

    /// Reads an error.
    package static func error(_ body: UnsafeRawBufferPointer, status: Int) -> UpstreamError {
        GeminiErrors.read(body, status: status)
    }

    /// Starts reading a stream.
    package static func streamDecoder() -> any AnswerStreamDecoder { GeminiStreamReader() }
}
