/// Anthropic's error object.
enum AnthropicError {
    static func reply(status: Int, message: String, id: String) -> Reply {
        .json(
            #"{"type":"error","error":{"type":\#(type(status)),"message":\#(message)},"request_id":\#("req_" + id)}"#,
            status: status)
    }

    /// What breaks a stream from inside.
    static var event: StreamEvent {
        StreamEvent("error", #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#, .last)
    }

    private static func type(_ status: Int) -> String {
        switch status {
        case 401: "authentication_error"
        case 403: "permission_error"
        case 404: "not_found_error"
        case 413: "request_too_large"
        case 429: "rate_limit_error"
        case 529: "overloaded_error"
        case 500...: "api_error"
        default: "invalid_request_error"
        }
    }
}
