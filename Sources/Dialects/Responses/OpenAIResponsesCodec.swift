package import Bytes
package import Vocabulary

/// OpenAI `POST /responses`, as callers speak it and as the provider does.
package enum OpenAIResponsesCodec: CallerCodec, ProviderCodec {
    package static var framing: StreamFraming { .serverSentEvents }

    /// Reads a request that another format's provider shall answer. Members that refer to what OpenAI keeps
    /// (`previous_response_id`, `conversation`, `prompt`, item references, `background`) are faults.
    package static func decode(_ root: JSONView, call: CallerPath) throws(TranslationFault) -> ModelRequest {
        try decode(root, call: call, isStateful: false)
    }

    /// Reads a request.
    ///
    /// - Parameter isStateful: The provider speaks Responses itself and keeps what the request may refer to: such
    ///   members go on unchanged.
    package static func decode(
        _ root: JSONView, call: CallerPath, isStateful: Bool
    ) throws(TranslationFault) -> ModelRequest {
        var request = try ResponsesRequestReader.read(root, isStateful: isStateful)
        if let model = call.model, request.model.isEmpty { request.model = model }
        request.streams = request.streams || call.streams
        return request
    }

    package static func encode(_ answer: ModelAnswer, context: AnswerContext) -> [UInt8] {
        ResponsesAnswerWriter.write(answer, context)
    }

    /// Starts writing a stream.
    package static func streamEncoder(context: AnswerContext) -> any AnswerStreamEncoder {
        ResponsesStreamWriter(context)
    }

    package static func encode(
        _ request: ModelRequest, target: EncodingTarget, changes: inout [ParameterChange]
    ) throws(TranslationFault) -> [UInt8] {
        try ResponsesRequestWriter.write(request, target, &changes)
    }

    /// Reads a whole response.
    package static func decode(_ root: JSONView) -> ModelAnswer { ResponsesAnswerReader.read(root) }

    /// Reads an error's body.
    package static func error(_ body: UnsafeRawBufferPointer, status: Int) -> UpstreamError {
        OpenAIErrors.read(body, status: status)
    }

    /// Starts reading a stream.
    package static func streamDecoder() -> any AnswerStreamDecoder { ResponsesStreamReader() }
}
