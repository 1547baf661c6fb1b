extension UpstreamError.Kind {
    /// What a code says that came inside a stream, where there is no status: one of ours or of any provider's.
    init(code: String) {
        if let kind = Self(rawValue: code) {
            self = kind
        } else if code.contains("rate_limit") {
            self = .rateLimited
        } else if code.hasPrefix("invalid_") {
            self = .invalidRequest
        } else {
            self = Self(status: 500, code: code, message: "")
        }
    }
}
