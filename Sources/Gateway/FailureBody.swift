import Bytes
package import Dialects
package import Vocabulary

/// Writes a failure in the caller's dialect, so that an unchanged SDK raises the right exception.
package enum FailureBody {
    /// The body of an error response.
    package static func response(_ failure: GatewayFailure, dialect: Dialect, requestID: RequestID) -> [UInt8] {
        var writer = JSONWriter()
        switch dialect {
        case .openai:
            writer.beginObject()
            writeOpenAI(failure, requestID, to: &writer)
            writer.endObject()
        case .anthropic:
            writeAnthropic(failure, requestID, to: &writer)
        case .gemini:
            writeGemini(failure, requestID, to: &writer)
        case .bedrock, .cohere:
            writeMessage(failure, requestID, to: &writer)
        }
        return writer.bytes
    }

    /// A provider's error in the caller's dialect, where the caller speaks another: its own words and code.
    package static func upstream(
        _ error: UpstreamError, status: Int, dialect: Dialect, requestID: RequestID
    ) -> [UInt8] {
        let words = error.message.isEmpty ? "The provider answered with status \(status)." : error.message
        var failure = GatewayFailure(.upstreamError, status: status, words, parameter: error.parameter)
        failure.upstreamCode = error.code.isEmpty ? error.kind.rawValue : error.code
        return response(failure, dialect: dialect, requestID: requestID)
    }

    /// An event that ends a stream which can't go on.
    ///
    /// - Parameter operation: Responses streams name their events; chat streams have only data.
    package static func event(
        _ failure: GatewayFailure, dialect: Dialect, operation: Operation, requestID: RequestID
    ) -> [UInt8] {
        let name: String? =
            switch (dialect, operation) {
            case (.anthropic, _), (_, .responses): "error"
            default: nil
            }
        var event: [UInt8] = []
        if let name { event += Array("event: \(name)\n".utf8) }
        event += Array("data: ".utf8)
        event += operation == .responses
            ? responsesEvent(failure, requestID) : response(failure, dialect: dialect, requestID: requestID)
        event += Array("\n\n".utf8)
        return event
    }

    private static func writeOpenAI(_ failure: GatewayFailure, _ id: RequestID, to writer: inout JSONWriter) {
        writer.key("error")
        writer.beginObject()
        writer.key("message")
        writer.string(failure.message)
        writer.key("type")
        writer.string(openAIType(failure.status))
        writer.key("param")
        if let parameter = failure.parameter { writer.string(parameter) } else { writer.null() }
        writer.key("code")
        writer.string(failure.codeText)
        writer.key("request_id")
        writer.string(id.uuid)
        writer.endObject()
    }

    private static func writeAnthropic(_ failure: GatewayFailure, _ id: RequestID, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("type")
        writer.string("error")
        writer.key("error")
        writer.beginObject()
        writer.key("type")
        writer.string(anthropicType(failure.status))
        writer.key("message")
        writer.string(failure.message)
        writer.key("code")
        writer.string(failure.codeText)
        writer.endObject()
        writer.key("request_id")
        writer.string(id.uuid)
        writer.endObject()
    }

    private static func writeGemini(_ failure: GatewayFailure, _ id: RequestID, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("error")
        writer.beginObject()
        writer.key("code")
        writer.int(failure.status)
        writer.key("message")
        writer.string(failure.message)
        writer.key("status")
        writer.string(geminiStatus(failure.status))
        writer.key("details")
        writer.beginArray()
        writer.beginObject()
        writer.key("@type")
        writer.string("type.googleapis.com/google.rpc.ErrorInfo")
        writer.key("reason")
        writer.string(failure.codeText)
        writer.key("metadata")
        writer.beginObject()
        writer.key("request_id")
        writer.string(id.uuid)
        writer.endObject()
        writer.endObject()
        writer.endArray()
        writer.endObject()
        writer.endObject()
    }

    private static func writeMessage(_ failure: GatewayFailure, _ id: RequestID, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("message")
        writer.string(failure.message)
        writer.key("code")
        writer.string(failure.codeText)
        writer.key("request_id")
        writer.string(id.uuid)
        writer.endObject()
    }

    private static func responsesEvent(_ failure: GatewayFailure, _ id: RequestID) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("type")
        writer.string("error")
        writer.key("code")
        writer.string(failure.codeText)
        writer.key("message")
        writer.string(failure.message)
        writer.key("param")
        writer.null()
        writer.key("request_id")
        writer.string(id.uuid)
        writer.endObject()
        return writer.bytes
    }

    private static func openAIType(_ status: Int) -> String {
        switch status {
        case 401: "authentication_error"
        case 403: "permission_error"
        case 429: "rate_limit_error"
        case 400..<500: "invalid_request_error"
        default: "server_error"
        }
    }

    private static func geminiStatus(_ status: Int) -> String {
        switch status {
        case 401: "UNAUTHENTICATED"
        case 403: "PERMISSION_DENIED"
        case 404: "NOT_FOUND"
        case 429: "RESOURCE_EXHAUSTED"
        case 499: "CANCELLED"
        case 503: "UNAVAILABLE"
        case 504: "DEADLINE_EXCEEDED"
        case 400..<500: "INVALID_ARGUMENT"
        default: "INTERNAL"
        }
    }

    private static func anthropicType(_ status: Int) -> String {
        switch status {
        case 401: "authentication_error"
        case 403: "permission_error"
        case 404: "not_found_error"
        case 413: "request_too_large"
        case 429: "rate_limit_error"
        case 503: "overloaded_error"
        case 504: "timeout_error"
        case 400..<500: "invalid_request_error"
        default: "api_error"
        }
    }
}
