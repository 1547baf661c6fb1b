/// OpenAI's error object.
enum OpenAIError {
    static func reply(status: Int, code: String, message: String) -> Reply {
        let error: JSONText = #"{"message":\#(message),"type":\#(type(status)),"param":null,"code":\#(code)}"#
        return .json(#"{"error":\#(error)}"#, status: status)
    }

    /// What breaks a stream from inside.
    static var event: StreamEvent {
        StreamEvent(
            "",
            #"""
            {"error":{"message":"The server had an error while processing your request.","type":"server_error",\#
            "param":null,"code":"server_error"}}
            """#,
            .last
        )
    }

    private static func type(_ status: Int) -> String {
        switch status {
        case 401: "authentication_error"
        case 403: "permission_error"
        case 429: "rate_limit_error"
        case 500...: "server_error"
        default: "invalid_request_error"
        }
    }
}
