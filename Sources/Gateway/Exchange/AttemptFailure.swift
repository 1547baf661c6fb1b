/// Why an attempt at an upstream ended without a complete answer.
package enum AttemptFailure: Sendable, Equatable {
    /// No connection could be made; the system's own words.
    case connect(String)
    /// The connection was made, but its certificate or handshake was refused.
    case tls(String)
    /// The connection closed: was it one that had been used before, and had any byte of the answer arrived?
    case closed(reused: Bool, answered: Bool)
    /// The answer is no valid HTTP.
    case malformed(String)
    /// Every connection is in use and the queue for one is full.
    case busy
    /// The request can't be put into the target's format, or not without a loss that the caller forbids.
    case unsendable(GatewayFailure)

    /// What the caller is told.
    ///
    /// - Parameter afterAnswer: True where part of the answer had been passed on.
    func failure(afterAnswer: Bool) -> GatewayFailure {
        switch self {
        case .unsendable(let failure): failure
        case .connect(let words):
            GatewayFailure(
                .upstreamConnect, status: 502,
                "The provider can't be reached (\(words)). Check its base_url and the network, or run "
                    + "'signalbox doctor'.",
                retryAfterSeconds: 1
            )
        case .tls(let words):
            GatewayFailure(
                .upstreamTLS, status: 502,
                "The provider's certificate was refused (\(words)). Check base_url, or set ca_file for a private "
                    + "authority."
            )
        case .closed:
            GatewayFailure(
                .upstreamReset, status: 502,
                afterAnswer
                    ? "The provider closed the connection in the middle of its answer. What came before is incomplete."
                    : "The provider closed the connection without an answer. Try again.",
                retryAfterSeconds: afterAnswer ? nil : 1
            )
        case .malformed(let words):
            GatewayFailure(
                .upstreamMalformed, status: 502,
                "The provider's answer is not valid (\(words)). Check that base_url points to the provider's API."
            )
        case .busy:
            GatewayFailure(
                .upstreamBusy, status: 503,
                "All connections to the provider are in use. Try again shortly, or raise its max_connections.",
                retryAfterSeconds: 1
            )
        }
    }
}

extension GatewayFailure {
    package static let stopped = GatewayFailure(
        .shuttingDown, status: 503, "The server is stopping. Try again in a moment.", retryAfterSeconds: 1
    )
    static let clientLeft = GatewayFailure(.clientLeft, status: 499, "The caller left before the answer was complete.")
    static let overloaded = GatewayFailure(
        .overloaded, status: 503,
        "The journal of records is full because the store can't keep up. Try again shortly.", retryAfterSeconds: 1
    )
    static let connectTimeout = GatewayFailure(
        .upstreamConnectTimeout, status: 504, "No connection to the provider could be made in time.",
        retryAfterSeconds: 1
    )
    static let firstByteTimeout = GatewayFailure(
        .upstreamFirstByteTimeout, status: 504,
        "The provider did not begin its answer in time. Raise timeouts.first_byte if this model thinks longer."
    )
    static let firstTokenTimeout = GatewayFailure(
        .upstreamFirstTokenTimeout, status: 504,
        "The provider sent no content in time. Raise the route's first_token timeout if this model thinks longer."
    )
    static func brokenByProvider(_ refusal: ProviderRefusal) -> GatewayFailure {
        GatewayFailure(
            .upstreamError, status: 502,
            "The provider reported an error in the middle of its answer (\(refusal.words)). What came before is "
                + "incomplete."
        )
    }
    static func refusedInStream(_ refusal: ProviderRefusal) -> GatewayFailure {
        GatewayFailure(
            .upstreamError, status: refusal.status,
            "The provider's stream began with an error (\(refusal.words))."
        )
    }
    static let idleTimeout = GatewayFailure(
        .upstreamIdleTimeout, status: 504, "The provider stopped in the middle of its answer for too long."
    )
    static let totalTimeout = GatewayFailure(
        .upstreamTotalTimeout, status: 504, "The answer took longer than timeouts.total allows."
    )
    static let clientStalled = GatewayFailure(
        .clientStalled, status: 499, "The caller stopped reading its answer for longer than timeouts.client_stall."
    )
}
