package import Bytes
package import Vocabulary

/// Anthropic `POST /v1/messages`, as callers speak it and as the provider does.
package enum AnthropicMessagesCodec: CallerCodec, ProviderCodec {
    package static var framing: StreamFraming { .serverSentEvents }

    /// Reads a request. `max_tokens` may be missing: `count_tokens` has none.
    package static func decode(_ root: JSONView, call: CallerPath) throws(TranslationFault) -> ModelRequest {
        var request = try AnthropicRequestReader.read(root)
        if let model = call.model, request.model.isEmpty { request.model = model }
        request.streams = request.streams || call.streams
        return request
    }

    package static func encode(_ answer: ModelAnswer, context: AnswerContext) -> [UInt8] {
        AnthropicAnswerWriter.write(answer, context)
    }

    /// Starts writing a stream.
    package static func streamEncoder(context: AnswerContext) -> any AnswerStreamEncoder {
        AnthropicStreamWriter(context)
    }

    package static func encode(
        _ request: ModelRequest, target: EncodingTarget, changes: inout [ParameterChange]
    ) throws(TranslationFault) -> [UInt8] {
        try AnthropicRequestWriter.write(request, target, &changes)
    }

    /// Reads a whole message.
    package static func decode(_ root: JSONView) -> ModelAnswer { AnthropicAnswerReader.read(root) }

    /// Reads an error's body.
    package static func error(_ body: UnsafeRawBufferPointer, status: Int) -> UpstreamError {
        AnthropicErrors.read(body, status: status)
    }

    /// Starts reading a stream.
    package static func streamDecoder() -> any AnswerStreamDecoder { AnthropicStreamReader() }
}
