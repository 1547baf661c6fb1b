/// Google's error object (`google.rpc.Status`).
enum GeminiError {
    static func reply(status: Int, message: String) -> Reply {
        .json(error(status, message), status: status)
    }

    /// What breaks a stream from inside.
    static var event: StreamEvent { StreamEvent("", error(503, "The model is overloaded."), .last) }

    private static func error(_ status: Int, _ message: String) -> JSONText {
        #"{"error":{"code":\#(status),"message":\#(message),"status":\#(word(status))}}"#
    }

    private static func word(_ status: Int) -> String {
        switch status {
        case 401: "UNAUTHENTICATED"
        case 403: "PERMISSION_DENIED"
        case 404: "NOT_FOUND"
        case 429: "RESOURCE_EXHAUSTED"
        case 503, 529: "UNAVAILABLE"
        case 504: "DEADLINE_EXCEEDED"
        case 500...: "INTERNAL"
        default: "INVALID_ARGUMENT"
        }
    }
}
