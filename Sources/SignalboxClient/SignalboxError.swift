/// Why a call failed.
public struct SignalboxError: Error, Sendable, Equatable {
    /// The HTTP status of the answer; 0 where there was none.
    public var status: Int
    /// A stable code: the server's own, or one of this client's: `unreachable`, `deadline_exceeded`, `invalid_url`,
    /// `invalid_answer`.
    public var code: String
    /// What happened and what to do, for people.
    public var message: String
    /// The server's id of the failed call, to find it in its log.
    public var requestID: String?

    /// An error with the given parts.
    public init(status: Int, code: String, message: String, requestID: String? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.requestID = requestID
    }
}

extension SignalboxError: CustomStringConvertible {
    /// The message with its code.
    public var description: String { "\(message) (\(code))" }
}

/// `{"error": {...}}` as the server writes it.
struct ErrorEnvelope: Decodable {
    struct Body: Decodable {
        var code: String
        var message: String
        var requestID: String?

        enum CodingKeys: String, CodingKey {
            case code, message
            case requestID = "request_id"
        }
    }

    var error: Body
}
