package import Bytes
package import Vocabulary

/// OpenAI chat completions, from both sides.
package enum OpenAIChatCodec: CallerCodec, ProviderCodec {
    package static var framing: StreamFraming { .serverSentEvents }

    /// Reads a chat request. Members that it does not know become extras.
    package static func decode(_ root: JSONView, call: CallerPath) throws(TranslationFault) -> ModelRequest {
        var request = try OpenAIChatRequestReader.read(root)
        // Azure callers name their model in the path.
        if request.model.isEmpty, let model = call.model { request.model = model }
        request.streams = request.streams || call.streams
        return request
    }

    /// Writes a `chat.completion`.
    package static func encode(_ answer: ModelAnswer, context: AnswerContext) -> [UInt8] {
        OpenAIChatAnswerWriter.write(answer, context: context)
    }

    /// Starts a stream of `chat.completion.chunk`.
    package static func streamEncoder(context: AnswerContext) -> any AnswerStreamEncoder {
        OpenAIChatStreamWriter(context: context)
    }

    /// Writes a chat request for a provider, as its quirks ask.
    package static func encode(
        _ request: ModelRequest, target: EncodingTarget, changes: inout [ParameterChange]
    ) throws(TranslationFault) -> [UInt8] {
        var writer = OpenAIChatRequestWriter(request, target: target, changes: changes)
        try writer.write()
        changes = writer.changes
        return writer.writer.bytes
    }

    /// Reads a `chat.completion`.
    package static func decode(_ root: JSONView) -> ModelAnswer { OpenAIChatAnswerReader.read(root) }

    /// Reads an error as OpenAI and those compatible with it write them.
    package static func error(_ body: UnsafeRawBufferPointer, status: Int) -> UpstreamError {
        OpenAIErrors.read(body, status: status)
    }

    /// Starts reading chunks.
    package static func streamDecoder() -> any AnswerStreamDecoder { OpenAIChatStreamReader() }
}
