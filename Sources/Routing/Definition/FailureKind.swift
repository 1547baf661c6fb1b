/// Why an attempt failed, as far as routing is concerned.
package enum FailureKind: String, Sendable, Hashable, CaseIterable {
    /// No connection, or it broke before the first byte of an answer.
    case connect
    /// A deadline of the attempt passed.
    case timeout
    /// 429, or the provider's own way of saying so.
    case rateLimited = "rate_limited"
    /// 5xx, or an overloaded provider.
    case serverError = "server_error"
    /// The provider refused our credential: 401, 402 or 403.
    case authentication
    /// The provider does not know the model: 404.
    case notFound = "not_found"
    /// The input is longer than the model takes.
    case contextWindow = "context_window"
    /// The provider refused the content.
    case contentPolicy = "content_policy"
    /// The stream broke or stalled after its beginning.
    case streamBroken = "stream_broken"
    /// An answer that can't be read.
    case invalidAnswer = "invalid_answer"
    /// The request itself is wrong: other 4xx. Another target would most likely say the same.
    case badRequest = "bad_request"
}

/// A failed attempt.
package struct RouteFailure: Sendable, Hashable {
    package var kind: FailureKind
    /// The provider's HTTP status, `nil` where no answer came.
    package var status: Int?
    /// How long the provider asks to wait, in nanoseconds.
    package var retryAfter: UInt64?

    package init(_ kind: FailureKind, status: Int? = nil, retryAfter: UInt64? = nil) {
        self.kind = kind
        self.status = status
        self.retryAfter = retryAfter
    }

    /// What an error status means where the body says nothing more exact.
    package init(status: Int, retryAfter: UInt64? = nil) {
        let kind: FailureKind =
            switch status {
            case 408, 504: .timeout
            case 429: .rateLimited
            case 401, 402, 403: .authentication
            case 404: .notFound
            case 500...: .serverError
            default: .badRequest
            }
        self.init(kind, status: status, retryAfter: retryAfter)
    }
}
