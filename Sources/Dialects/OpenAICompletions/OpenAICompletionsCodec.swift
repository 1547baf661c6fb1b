package import Bytes
package import Vocabulary

/// OpenAI's legacy text completions, from both sides.
package enum OpenAICompletionsCodec: CallerCodec, ProviderCodec {
    package static var framing: StreamFraming { .serverSentEvents }

    /// Reads a completion request: its prompt becomes one user turn.
    package static func decode(_ root: JSONView, call: CallerPath) throws(TranslationFault) -> ModelRequest {
        var request = try OpenAICompletionsRequestReader.read(root)
        if request.model.isEmpty, let model = call.model { request.model = model }
        request.streams = request.streams || call.streams
        return request
    }

    /// Writes a `text_completion`.
    package static func encode(_ answer: ModelAnswer, context: AnswerContext) -> [UInt8] {
        OpenAICompletionsAnswerWriter.write(answer, context: context)
    }

    /// Starts a stream of `text_completion` chunks.
    package static func streamEncoder(context: AnswerContext) -> any AnswerStreamEncoder {
        OpenAICompletionsStreamWriter(context: context)
    }

    /// Writes a completion request. Only a conversation of one user's text can be said this way.
    package static func encode(
        _ request: ModelRequest, target: EncodingTarget, changes: inout [ParameterChange]
    ) throws(TranslationFault) -> [UInt8] {
        var writer = OpenAICompletionsRequestWriter(request, target)
        let body = try writer.write()
        for change in writer.changes { changes.note(change.name, change.action, change.detail) }
        return body
    }

    /// Reads a `text_completion`.
    package static func decode(_ root: JSONView) -> ModelAnswer { OpenAICompletionsAnswerReader.read(root) }

    /// Reads an error; they are those of chat.
    package static func error(_ body: UnsafeRawBufferPointer, status: Int) -> UpstreamError {
        OpenAIErrors.read(body, status: status)
    }

    /// Starts reading chunks.
    package static func streamDecoder() -> any AnswerStreamDecoder { OpenAICompletionsStreamReader() }
}
