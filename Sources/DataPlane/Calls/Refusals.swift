import Dialects
import Gateway
import Ledger
import Vocabulary

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

    static let scopeRequired = GatewayFailure(
        .scopeRequired, status: 403, "This key may not call models. An admin can add the scope \"inference\" to it."
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

    /// A file or batch call where no provider of the dialect is set up.
    static func noStoringProvider(_ dialect: Dialect) -> GatewayFailure {
        GatewayFailure(
            .unknownProvider, status: 404,
            "No provider that keeps \(dialect.rawValue) files and batches is configured. Add one, or call "
                + "/pass/<provider>/ directly."
        )
    }

    /// A call that is no conversation, and a target that does not speak its dialect.
    static func wrongDialect(_ target: RouteTarget, _ model: String) -> GatewayFailure {
        GatewayFailure(
            .wrongDialect, status: 400,
            "The model \"\(model.prefix(200))\" is served by the provider \"\(target.provider.name)\", which has no "
                + "such call in this dialect. Use a model of a provider that has, or /pass/\(target.provider.name)/.",
            parameter: "model"
        )
    }

    static func noTranslation(from format: WireFormat, to target: RouteTarget) -> GatewayFailure {
        GatewayFailure(
            .wrongDialect, status: 400,
            "A \(format.rawValue) call can't be put into the dialect of the provider \"\(target.provider.name)\"."
        )
    }

    /// A target can't take a parameter, and the caller forbids losses.
    static func notSupported(
        _ first: ParameterChange, all changes: [ParameterChange], by target: RouteTarget
    ) -> GatewayFailure {
        let list = changes.prefix(8).map { "\($0.name) (\($0.action.rawValue): \($0.detail))" }
        return GatewayFailure(
            .parameterNotSupported, status: 400,
            "\(target.provider.name)/\(target.upstreamModel) can't take what was asked: "
                + list.joined(separator: "; ") + ". Leave it out, or set x-signalbox-parameters: warn.",
            parameter: first.name
        )
    }

    /// A budget or limit does not allow the call.
    static func beyond(_ breach: LedgerBreach) -> GatewayFailure {
        GatewayFailure(
            breach.isLimit ? .rateLimited : .budgetExceeded, status: 429, breach.message,
            retryAfterSeconds: breach.retryAfterSeconds.map(Int.init)
        )
    }

    /// The end customer is blocked, or may not use the model.
    static func customer(_ id: String, _ words: String) -> GatewayFailure {
        GatewayFailure(
            .modelNotAllowed, status: 403, "The customer \"\(id.prefix(100))\" \(words). An admin can change that."
        )
    }

    /// Nothing is left to try.
    static func noTarget(_ model: String, _ reasons: String) -> GatewayFailure {
        GatewayFailure(
            .noTarget, status: 404,
            "No target of \"\(model.prefix(200))\" may serve this call: \(reasons). Change the call's demands, or the "
                + "route.",
            parameter: "model"
        )
    }
}
