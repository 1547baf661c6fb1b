import Bytes
import ControlAPI
import Dialects
import Gateway
import Providers
import Routing
import Vocabulary

/// Thinks a call through: which route, what the caller wishes, what the router decides. Nothing is sent.
struct RouteDryRun {
    let plan: GatewayPlan
    let clock: HealthClock

    /// - Throws: `RouteControlError`.
    func result(of trial: RouteTrial) throws -> RouteTrialResult {
        let given = try trial.definition.map { json in
            try RouteText.definition(json, named: try RouteDryRun.name(in: json) ?? trial.route ?? "dry-run")
        }
        return try trial.request.withUnsafeBytes { bytes in
            let body = JSONView(validated: bytes)
            let model = trial.route ?? given?.route.name ?? body["model"]?.string
            guard let model else {
                throw RouteControlError.invalid("request.model: Name a model, or give `route` or `definition`.")
            }
            return try decide(trial, body, model: model, given: given?.route)
        }
    }

    private func decide(
        _ trial: RouteTrial, _ body: JSONView, model: String, given: RouteDefinition?
    ) throws -> RouteTrialResult {
        let outline = try outline(body, model: model)
        let wishes = try wishes(trial, body, outline)
        guard let base = given ?? plan.builder.definition(named: model) else {
            let hint = NearestName.hint(model, in: plan.routes.keys.sorted())
            throw RouteControlError.notFound(
                "The model \"\(model.prefix(200))\" does not exist here\(hint.isEmpty ? "." : hint)")
        }
        let route = try build(wishes.definition(over: base) ?? base)
        guard let compiled = route.compiled else {
            throw RouteControlError.invalid("The route \"\(model)\" leads nowhere.")
        }
        let request = request(trial, body, outline, wishes, priority: compiled.definition.priority)
        var random = SystemRandomNumberGenerator()
        let decision = Router.decide(
            request, facts: CallFacts(request, body: body), route: compiled, now: clock.monotonic, random: &random)
        var writer = JSONWriter()
        decision.write(to: &writer)
        return RouteTrialResult(
            route: base.name, model: model, inputTokens: request.inputTokens, needs: request.needs.names,
            targets: RouteTargetListing.all(of: route, clock), routing: writer.bytes, notes: wishes.notes)
    }

    private func build(_ definition: RouteDefinition) throws -> ModelRoute {
        do throws(RouteFault) { return try plan.builder.route(definition) } catch {
            throw RouteControlError.invalid("definition: \(error)")
        }
    }

    private func outline(_ body: JSONView, model: String) throws -> RequestOutline {
        var path = CallerPath()
        path.model = model
        do throws(RequestFault) { return try RequestOutline(body, path: path) } catch {
            throw RouteControlError.invalid("request: \(error.message)")
        }
    }

    /// As the data plane reads them: our own headers win over those of other products, headers over members.
    private func wishes(_ trial: RouteTrial, _ body: JSONView, _ outline: RequestOutline) throws -> RoutePreferences {
        let headers = HeaderList(trial.headers.map { (name: $0.key, value: $0.value) })
        do throws(RouteFault) {
            var found = try SignalboxPreferences.read(headers: headers)
            found = found.over(try PortkeyPreferences.read(headers: headers, model: outline.model))
            found = found.over(try HeliconePreferences.read(headers: headers))
            found = found.over(try LiteLLMPreferences.read(headers: headers))
            guard outline.hasRoutingMembers else { return found }
            found = found.over(try LiteLLMPreferences.read(body: body, model: outline.model))
            return found.over(try OpenRouterPreferences.read(body: body))
        } catch {
            throw RouteControlError.invalid("\(error)")
        }
    }

    private func request(
        _ trial: RouteTrial, _ body: JSONView, _ outline: RequestOutline, _ wishes: RoutePreferences, priority: Int
    ) -> RouteRequest {
        var needs = Capabilities.needed(by: body, hasAnswerFormat: outline.hasAnswerFormat)
        if outline.streams { needs.insert(.streaming) }
        if outline.hasTools { needs.insert(.tools) }
        var request = RouteRequest(
            model: outline.model, path: "/v1/chat/completions", streams: outline.streams, needs: needs,
            inputTokens: Int64((body.raw.count + 3) / 4), keyID: trial.keyID, project: trial.project,
            environment: trial.environment)
        request.maximumOutputTokens = outline.maximumOutputTokens
        request.user = trial.user ?? outline.user ?? wishes.user
        request.session = trial.session ?? outline.cacheKey ?? wishes.session
        request.team = trial.team
        request.customer = wishes.customer
        request.tags = trial.tags + wishes.tags
        request.metadata = trial.metadata + outline.metadata + wishes.metadata
        request.priority = priority
        request.preferences = wishes
        if wishes.requiresParameters { request.parameterNames = Set(body.members.map { $0.key.string }) }
        return request
    }

    private static func name(in json: [UInt8]) throws -> String? {
        json.withUnsafeBytes { JSONView(validated: $0)["name"]?.string }
    }
}
