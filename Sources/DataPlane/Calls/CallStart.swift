import Access
import Bytes
import Catalog
import Dialects
import Gateway
import Ledger
import NIOCore
import NIOHTTP1
import Providers
import Routing
import Runtime
import Telemetry
import Vocabulary

// From a complete request to its first attempt.

extension Call {
    func dispatch() throws(GatewayFailure) {
        guard let principal else { return }
        switch target {
        case .endpoint(let endpoint):
            let planned = try planned(endpoint, principal)
            if try answersEstimate(endpoint, planned) { return }
            try start(planned, principal)
        case .passthrough(let name, let rest):
            guard let provider = plan.providers[name] else { return }
            try start(passedThrough(provider, rest, principal), principal)
        case .stored(let dialect, let rest):
            guard let provider = plan.storing(dialect) else { return }
            try start(passedThrough(provider, rest, principal), principal)
        case .models(let modelID):
            try answerModels(modelID, principal: principal)
        case .unknown:
            throw .unknownPath
        }
    }

    // MARK: What the call asks for

    private func planned(_ endpoint: Endpoint, _ principal: Principal) throws(GatewayFailure) -> CallPlan {
        let outline = try read(endpoint.path)
        self.outline = outline
        try readPreferences(outline, endpoint)
        return try RouteChoice.plan(self, endpoint: endpoint, outline: outline, principal: principal)
    }

    /// A call to anything else under a provider's API. Its body goes as it came; if it is JSON that names a model, the
    /// record says so.
    private func passedThrough(
        _ provider: ProviderTarget, _ rest: String, _ principal: Principal
    ) throws(GatewayFailure) -> CallPlan {
        let path = rest.prefix { $0 != "?" }
        if requestBody.readableBytes > 0, caller.contentType?.isJSON ?? true {
            outline = try? read(PassthroughPath.says(path))
        }
        try Admission.checkPassthrough(
            model: outline?.model, provider: provider, principal: principal, plan: plan)
        let model = outline?.model ?? ""
        let target = RouteTarget(
            provider: provider, upstreamModel: model,
            catalogModel: plan.catalogModel(provider: provider.name, upstreamModel: model)
        )
        return CallPlan(
            operation: Operation(passthroughPath: path), model: model, targets: [target],
            policy: provider.policy(plan.exchange), passthroughPath: rest
        )
    }

    private func read(_ path: CallerPath) throws(GatewayFailure) -> RequestOutline {
        let limits = plan.limits
        // The closure can't throw a typed error through ByteBuffer's rethrows.
        let result: Result<RequestOutline, GatewayFailure> = requestBody.withUnsafeReadableBytes { bytes in
            do throws(GatewayFailure) {
                return .success(try Admission.outline(bytes, path: path, limits: limits))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    // MARK: It is let in

    private func start(_ planned: CallPlan, _ principal: Principal) throws(GatewayFailure) {
        callPlan = planned
        try reserve(planned, principal)
        planned.policy.retryBudget?.called(now: startedAt)
        prepareCaching(planned, principal)
        exchange = Exchange(policy: planned.policy, startedAt: startedAt, wallClock: wallClock)
        if !askCache() { admit() }
    }

    /// Lets the call go on to its first attempt, now or when the journal has room.
    func admit() {
        let hasRoom = !loop.backlog.isOverLimit
        if !hasRoom { loop.counters.held += 1 }
        report(.admitted(hasRoom: hasRoom))
    }

    /// Takes what the call may consume at worst out of every budget and limit that it counts for.
    private func reserve(_ planned: CallPlan, _ principal: Principal) throws(GatewayFailure) {
        let customer = try allowedCustomer(planned, principal)
        guard let chain = plan.chains[principal.keyID], chain.applies(toCustomer: customer) else { return }
        let estimate = Estimate(planned, outline: outline, bodyBytes: requestBody.readableBytes, at: wallClock)
        let demand = LedgerDemand(
            chain: chain, customer: customer, model: planned.route ?? planned.model, money: estimate.money,
            tokens: estimate.tokens
        )
        switch plan.ledger.reserve(demand, at: wallClock) {
        case .granted(let grant):
            reservation = grant.reservation
            notices = grant.notices
        case .refused(let breach):
            throw .beyond(breach)
        }
    }

    /// The end customer that the call is made for: a header says, or the request's `user` where the key wants it so.
    var customerID: String? {
        caller.customer ?? preferences?.customer ?? (principal?.takesUserAsCustomer == true ? outline?.user : nil)
    }

    /// The customer's name among all customers.
    private func allowedCustomer(
        _ planned: CallPlan, _ principal: Principal
    ) throws(GatewayFailure) -> String? {
        guard let id = customerID else { return nil }
        guard let terms = plan.keys.customer(id, of: principal) else {
            throw .customer(id, "has a name that nobody can have")
        }
        if terms.isBlocked { throw .customer(id, "is blocked") }
        if !terms.mayUse(model: planned.route ?? planned.model) {
            throw .customer(id, "may not use the model \"\(planned.model.prefix(200))\"")
        }
        return terms.subject.id
    }

    /// Counts tokens here where no target can: an estimate, and said to be one.
    private func answersEstimate(_ endpoint: Endpoint, _ planned: CallPlan) throws(GatewayFailure) -> Bool {
        guard endpoint.operation == .countTokens,
            !planned.targets.contains(where: { $0.provider.operations.contains(.countTokens) })
        else { return false }
        let body = try FixedForms.estimate(self, endpoint)
        isEstimate = true
        respond(status: 200, body: body, retryAfter: nil)
        finish()
        return true
    }

    private func answerModels(_ modelID: String?, principal: Principal) throws(GatewayFailure) {
        let list = ModelList(plan: plan, principal: principal, dialect: dialect)
        guard let body = modelID.map(list.one) ?? list.all() else { throw .unknownModelID(modelID ?? "") }
        respond(status: 200, body: body, retryAfter: nil)
        finish()
    }
}

// MARK: - Attempts

extension Call {
    /// Tells the exchange what happened, and does what it says.
    func report(_ event: Exchange.Event) {
        if callPlan?.policy.continuesBrokenStreams == true, event.mayEndAttempt { noteWhetherItMayGoOn() }
        guard let actions = exchange?.receive(event, at: loop.now(), random: loop.nextRandom()) else { return }
        // What is done may report something in its turn: writing much tells at once that the caller's buffer is full.
        // The call must not end in the middle of it.
        let isOutermost = !isPerforming
        isPerforming = true
        if !actions.isEmpty { perform(actions, isOverdue: event == .tick) }
        guard isOutermost else { return }
        isPerforming = false
        if exchange?.hasEnded == true { finish() }
    }

    /// - Parameter isOverdue: A deadline passed, which says something about the target; all else does not.
    private func perform(_ actions: ExchangeActions, isOverdue: Bool) {
        if actions.contains(.cancelAttempt) { lead?.cancel(cancelResult(isOverdue)) }
        if actions.contains(.cancelRival) { endRival() }
        if actions.contains(.promoteRival) { promoteRival() }
        if actions.contains(.settle), !settle() { return }
        if actions.contains(.startAttempt) { startAttempt(actions) }
        if actions.contains(.startRival), let lane = exchange?.rival { start(lane, asRival: true) }
        if actions.contains(.serveStored) { serveStored() }
        if actions.contains(.forwardHead) { forwardHead() }
        if actions.contains(.forwardData) { forwardData() }
        if actions.contains(.endAnswer) { endAnswer() }
        if actions.contains(.failAnswer), let failure = exchange?.failure { respond(failure) }
        if actions.contains(.breakAnswer), let failure = exchange?.failure { breakAnswer(failure) }
        if actions.contains(.pauseUpstream) { lead?.pause() }
        if actions.contains(.resumeUpstream) { lead?.resume() }
    }

    /// What an attempt that is given up says about its target.
    private func cancelResult(_ isOverdue: Bool) -> HealthSample.Outcome {
        // Complete but for the connection's end.
        if exchange?.hasEnded == true, exchange?.outcome == .ok { return .success }
        return isOverdue && exchange?.failure?.code != .clientStalled ? .failure(.timeout) : .cancelled
    }

    private func endRival() {
        rival?.cancel(.cancelled)
        rival = nil
    }

    private func promoteRival() {
        lead = rival
        rival = nil
    }

    private func startAttempt(_ actions: ExchangeActions) {
        guard let lane = exchange?.lead else { return }
        let fresh = actions.contains(.useFreshConnection)
        if fresh { loop.counters.raceRetries += 1 }
        start(lane, fresh: fresh, goingOn: actions.contains(.continueAnswer) ? lead : nil)
    }

    /// - Parameter broken: The attempt whose answer this one goes on with.
    private func start(
        _ lane: Exchange.Lane, fresh: Bool = false, asRival: Bool = false, goingOn broken: Attempt? = nil
    ) {
        guard let callPlan else { return }
        let target = callPlan.targets[lane.target]
        do throws(GatewayFailure) {
            let request = try AttemptRequest.make(self, callPlan, target: target, partial: broken?.relay.partial)
            try note(request.changes, of: target)
            let attempt = Attempt(
                number: lane.number, target: target, relay: AnswerRelay(request.relay), call: self
            )
            if let broken { attempt.goOn(with: broken) }
            // Kept before it starts: a connection may fail at once, and the exchange then asks for the next.
            if asRival { rival = attempt } else { lead = attempt }
            attempt.start(request.head, body: request.body, fresh: fresh, priority: callPlan.priority)
        } catch {
            report(.attemptFailed(attempt: lane.number, .unsendable(error)))
        }
    }

    /// Keeps what a target could not take, or refuses to send it where the caller forbids any loss.
    private func note(_ found: [ParameterChange], of target: RouteTarget) throws(GatewayFailure) {
        changes = found + (preferences?.notes ?? [])
        guard let first = changes.first, parameterPolicy == .strict else { return }
        throw .notSupported(first, all: changes, by: target)
    }

    /// What happens to parameters that a target can't take.
    var parameterPolicy: ParameterPolicy {
        caller.parameterPolicy ?? principal?.parameterPolicy ?? plan.parameterPolicy
    }

    /// A failure now would be hidden from the caller.
    var canReplaceAnswer: Bool {
        if callPlan?.policy.continuesBrokenStreams == true { noteWhetherItMayGoOn() }
        return exchange?.canReplaceAnswer ?? false
    }

    /// Tells the exchange whether another target could go on with what was sent.
    private func noteWhetherItMayGoOn() {
        exchange?.canContinue = lead?.relay.partial.map(Continuation.isPossible) ?? false
    }

    /// An error answer is complete: it is understood, told in the caller's words, and reported.
    func refused(_ attempt: Attempt) {
        let refusal = RefusalReader.read(attempt, call: self)
        report(.answerRefused(attempt: attempt.number, refusal))
    }

    /// A stream reported an error before anything of it was sent, or where another target may go on.
    func streamRefused(_ attempt: Attempt, _ error: ProviderError) {
        let kind: FailureKind = error.code.contains("rate") ? .rateLimited : .serverError
        let refusal = ProviderRefusal(RouteFailure(kind), code: error.code, message: error.message)
        report(.answerRefused(attempt: attempt.number, refusal))
    }
}
