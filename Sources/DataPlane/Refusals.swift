import Gateway

/// Why the data plane refuses a request before it becomes an exchange.
extension GatewayFailure {
    static let unknownPath = GatewayFailure(
        .unknownPath, status: 404,
        "Nothing is served at this path. Calls with a model go to /v1/chat/completions, /v1/completions, "
            + "/v1/responses, /v1/embeddings, /v1/moderations or /v1/messages; all else of a provider "
            + "to /pass/<provider>/."
    )
    static let encodedBody = GatewayFailure(
        .unsupportedEncoding, status: 415,
        "The body is compressed. Send it without content-encoding: it is read on its way."
    )
    static let tooManyCalls = GatewayFailure(
        .overloaded, status: 503, "As many calls are open as limits.requests_in_flight allows. Try again shortly.",
        retryAfterSeconds: 1
    )
    static let requestTimeout = GatewayFailure(
        .requestTimeout, status: 408, "The request's body did not arrive within timeouts.request_body. Send it again."
    )

    static func methodNotAllowed(_ allowed: String) -> GatewayFailure {
        GatewayFailure(.methodNotAllowed, status: 405, "This path takes \(allowed).")
    }

    static func bodyTooLarge(limit: Int) -> GatewayFailure {
        GatewayFailure(
            .bodyTooLarge, status: 413,
            "The body is longer than \(limit) bytes. Send less, or raise limits.body_bytes on the server."
        )
    }

    static func unknownProvider(_ name: String) -> GatewayFailure {
        GatewayFailure(
            .unknownProvider, status: 404,
            "No provider is named \"\(name.prefix(100))\". Check the path after /pass/ against the configuration."
        )
    }

    static func unknownModelID(_ name: String) -> GatewayFailure {
        GatewayFailure(
            .modelNotFound, status: 404,
            "The model \"\(name.prefix(200))\" does not exist here. GET /v1/models lists all.",
            parameter: "model"
        )
    }
}
