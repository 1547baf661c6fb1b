/// Why a call could not be served: a stable code, the HTTP status, what happened and what to do about it.
package struct GatewayFailure: Error, Sendable, Equatable {
    /// Stable names: clients, alerts and records may rely on them.
    package enum Code: String, Sendable, CaseIterable {
        case missingKey = "missing_key"
        case invalidKey = "invalid_api_key"
        case revokedKey = "revoked_key"
        case expiredKey = "expired_key"
        case blockedKey = "blocked"
        case scopeRequired = "scope_required"
        case modelNotAllowed = "model_not_allowed"
        case modelNotFound = "model_not_found"
        case wrongDialect = "wrong_dialect"
        case invalidRequest = "invalid_request"
        case parameterNotSupported = "parameter_not_supported"
        case noTarget = "no_target"
        case budgetExceeded = "budget_exceeded"
        case rateLimited = "rate_limit_exceeded"
        case invalidHeader = "invalid_header"
        case unknownPath = "unknown_path"
        case unknownProvider = "unknown_provider"
        case methodNotAllowed = "method_not_allowed"
        case unsupportedEncoding = "unsupported_content_encoding"
        case bodyTooLarge = "body_too_large"
        case requestTimeout = "request_timeout"
        case overloaded = "overloaded"
        case shuttingDown = "shutting_down"
        case clientLeft = "client_left"
        case clientStalled = "client_stalled"
        case upstreamBusy = "upstream_busy"
        case upstreamConnect = "upstream_connect_failed"
        case upstreamTLS = "upstream_tls_failed"
        case upstreamConnectTimeout = "upstream_connect_timeout"
        case upstreamFirstByteTimeout = "upstream_first_byte_timeout"
        case upstreamIdleTimeout = "upstream_idle_timeout"
        case upstreamTotalTimeout = "upstream_total_timeout"
        case upstreamFirstTokenTimeout = "upstream_first_token_timeout"
        case upstreamError = "upstream_error"
        case upstreamReset = "upstream_reset"
        case upstreamMalformed = "upstream_malformed"
        case journalFailed = "journal_failed"
    }

    package var code: Code
    package var status: Int
    package var message: String
    /// The member of the request at fault, where there is one.
    package var parameter: String?
    /// Set where trying again later makes sense, in seconds.
    package var retryAfterSeconds: Int?
    /// The provider's own code, where the failure is the provider's.
    package var upstreamCode: String?

    /// The code that the caller is told.
    var codeText: String { upstreamCode ?? code.rawValue }

    package init(
        _ code: Code, status: Int, _ message: String, parameter: String? = nil, retryAfterSeconds: Int? = nil
    ) {
        self.code = code
        self.status = status
        self.message = message
        self.parameter = parameter
        self.retryAfterSeconds = retryAfterSeconds
        upstreamCode = nil
    }
}
