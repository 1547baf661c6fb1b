/// Cohere's errors: a message, and the kind by the status.
enum CohereError {
    static func reply(status: Int, message: String, id: String) -> Reply {
        .json(#"{"id":\#(id),"message":\#(message)}"#, status: status)
    }

    /// What breaks a stream from inside: an end with a reason.
    static var event: StreamEvent {
        let json: JSONText = #"{"type":"message-end","delta":{"finish_reason":"ERROR","error":"internal failure"}}"#
        return StreamEvent("message-end", json, .last)
    }
}
