package import Access
import Bytes
package import Dialects
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
    ///
    /// - Parameter path: What the path says, for dialects that name the model there.
    package static func outline(
        _ body: UnsafeRawBufferPointer, path: CallerPath = CallerPath(), limits: GatewayLimits
    ) throws(GatewayFailure) -> RequestOutline {
        do throws(RequestFault) {
            return try RequestOutline(parse(body, limits), path: path)
        } catch {
            throw GatewayFailure(.invalidRequest, status: 400, error.message, parameter: error.parameter)
        }
    }

    /// The route of a model's name, if the principal may use it.
    package static func route(
        _ model: String, principal: Principal, plan: GatewayPlan
    ) throws(GatewayFailure) -> ModelRoute {
        guard let route = plan.route(named: model) else { throw unknownModel(model, plan) }
        guard principal.mayUse(model: model) else { throw notAllowed(model) }
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
            principal.mayUse(model: route.name)
                && route.targets.contains { $0.provider.name == provider.name && $0.upstreamModel == model }
        }
        guard isAllowed else { throw notAllowed(model) }
    }

    /// The key is limited to other models.
    package static func notAllowed(_ model: String) -> GatewayFailure {
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
        case .blocked: .blockedKey
        case .scopeRequired: .scopeRequired
        }
    }

    /// Nothing has that name.
    package static func unknownModel(_ name: String, _ plan: GatewayPlan) -> GatewayFailure {
        let hint = NearestName.hint(name, in: plan.routes.keys.sorted())
        return GatewayFailure(
            .modelNotFound, status: 404,
            "The model \"\(name.prefix(200))\" does not exist here\(hint.isEmpty ? "." : hint) "
                + "GET /v1/models lists all that do.",
            parameter: "model"
        )
    }
}
