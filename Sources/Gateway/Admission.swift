package import Access
import Bytes
package import Providers
package import Vocabulary

/// Decides whether and where a complete request goes. Pure: plan and request in, decision or failure out.
package enum Admission {
    /// Whom the secret stands for.
    package static func authenticate(
        _ secret: Substring?, plan: GatewayPlan, now: UnixMicroseconds
    ) throws(GatewayFailure) -> Principal {
        switch plan.keys.principal(forSecret: secret, now: now) {
        case .success(let principal): return principal
        case .failure(let error):
            throw GatewayFailure(code(of: error), status: error.httpStatus, error.message)
        }
    }

    /// Reads a request's body once.
    package static func outline(
        _ body: UnsafeRawBufferPointer, limits: GatewayLimits
    ) throws(GatewayFailure) -> RequestOutline {
        do throws(RequestFault) {
            return try RequestOutline(parse(body, limits))
        } catch {
            throw GatewayFailure(.invalidRequest, status: 400, error.message, parameter: error.parameter)
        }
    }

    /// The route of a request, if the principal may use it.
    package static func route(
        _ outline: RequestOutline, endpoint: Endpoint, principal: Principal, plan: GatewayPlan
    ) throws(GatewayFailure) -> ModelRoute {
        guard let route = plan.routes[outline.model] else { throw unknownModel(outline.model, plan) }
        guard principal.mayUse(model: outline.model) else { throw notAllowed(outline.model) }
        guard route.provider.dialect == endpoint.dialect else { throw wrongDialect(route) }
        return route
    }

    /// Holds a key that is limited to some models to them on the pass-through too, where a call names the provider's
    /// model. Such a key can't make calls there that name none: nobody could say what they may do.
    package static func checkPassthrough(
        model: String?, provider: ProviderTarget, principal: Principal, plan: GatewayPlan
    ) throws(GatewayFailure) {
        guard !principal.allowedModels.isEmpty else { return }
        guard let model else {
            throw GatewayFailure(
                .modelNotAllowed, status: 403,
                "This key is limited to certain models, and the request names none that can be read. Use another key."
            )
        }
        let isAllowed = principal.mayUse(model: model) || plan.routes.values.contains { route in
            route.provider.name == provider.name && route.upstreamModel == model && principal.mayUse(model: route.name)
        }
        guard isAllowed else { throw notAllowed(model) }
    }

    private static func notAllowed(_ model: String) -> GatewayFailure {
        GatewayFailure(
            .modelNotAllowed, status: 403,
            "This key may not use the model \"\(model.prefix(200))\". An admin can add it to the key's models.",
            parameter: "model"
        )
    }

    private static func parse(
        _ body: UnsafeRawBufferPointer, _ limits: GatewayLimits
    ) throws(RequestFault) -> JSONView {
        do throws(JSONSyntaxError) {
            return try JSONView.parse(body, limits: JSONLimits(maximumDepth: limits.jsonDepth))
        } catch {
            throw .syntax(error)
        }
    }

    private static func code(of error: AccessError) -> GatewayFailure.Code {
        switch error {
        case .missing: .missingKey
        case .unknown, .adminRequired: .invalidKey
        case .revoked: .revokedKey
        case .expired: .expiredKey
        }
    }

    private static func unknownModel(_ name: String, _ plan: GatewayPlan) -> GatewayFailure {
        let hint = NearestName.hint(name, in: plan.routes.keys.sorted())
        return GatewayFailure(
            .modelNotFound, status: 404,
            "The model \"\(name.prefix(200))\" does not exist here\(hint.isEmpty ? "." : hint) "
                + "GET /v1/models lists all that do.",
            parameter: "model"
        )
    }

    private static func wrongDialect(_ route: ModelRoute) -> GatewayFailure {
        let (path, dialect) =
            route.provider.dialect == .anthropic
            ? ("/v1/messages", "Anthropic's") : ("/v1/chat/completions", "OpenAI's")
        return GatewayFailure(
            .wrongDialect, status: 400,
            "The model \"\(route.name)\" is served by the provider \"\(route.provider.name)\", which speaks \(dialect) "
                + "dialect. Call it through \(path).",
            parameter: "model"
        )
    }
}
