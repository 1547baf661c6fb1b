/// Amazon's errors: a message, and the exception's name in a header.
enum BedrockError {
    static func reply(status: Int, message: String) -> Reply {
        var reply = Reply.json(#"{"message":\#(message)}"#, status: status)
        reply.headers.append(("x-amzn-errortype", name(status)))
        return reply
    }

    /// What breaks a stream from inside.
    static var event: StreamEvent {
        let json: JSONText = #"{"message":"The model failed.","originalStatusCode":500}"#
        return StreamEvent("modelStreamErrorException", json, .last)
    }

    private static func name(_ status: Int) -> String {
        switch status {
        case 401, 403: "AccessDeniedException"
        case 404: "ResourceNotFoundException"
        case 408: "ModelTimeoutException"
        case 424: "ModelErrorException"
        case 429: "ThrottlingException"
        case 503, 529: "ServiceUnavailableException"
        case 500...: "InternalServerException"
        default: "ValidationException"
        }
    }
}
