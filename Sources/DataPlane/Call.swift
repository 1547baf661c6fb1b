import Access
import Bytes
import Catalog
import Gateway
import NIOCore
import NIOHTTP1
import Providers
import Runtime
import Telemetry
import Upstream
import Vocabulary

/// One request of the data plane, from its head to its record: the driver that turns the exchange.
///
/// Confined to its event loop. It decides nothing about retries, deadlines or departures: it reports what it sees to
/// the `Exchange` and carries out what comes back.
final class Call {
    let loop: LoopContext
    /// The caller's connection; `nil` once the caller has left and the answer is only read for the record.
    var client: DataPlaneHandler?
    let plan: GatewayPlan
    let id: RequestID
    let head: HTTPRequestHead
    let target: CallTarget
    let caller: CallerHeaders
    let startedAt: UInt64
    let wallClock: UnixMicroseconds

    var principal: Principal?
    /// Set where one of our own headers authenticated and the caller brought its own provider key beside it.
    var credential: CallerCredential?
    var requestBody = ByteBuffer()
    /// Set while the request is still arriving: why it will not be served.
    var rejection: GatewayFailure?

    // Set when the request is complete
    var exchange: Exchange?
    var plannedCall: PlannedCall?
    var upstream: UpstreamCall?
    var outline: RequestOutline?

    // The answer
    var answer: AnswerRelay
    var answerHead: HTTPResponseHead?
    /// Bytes of the answer that the exchange has yet to decide about.
    var pendingBytes: ByteBuffer?
    var hasWrittenHead = false
    var closesConnection: Bool
    var isFinished = false

    init(loop: LoopContext, client: DataPlaneHandler, head: HTTPRequestHead, target: CallTarget) {
        self.loop = loop
        self.client = client
        self.head = head
        self.target = target
        plan = loop.plan
        id = loop.nextRequestID()
        startedAt = loop.now()
        wallClock = loop.time.now()
        caller = CallerHeaders(head.headers)
        answer = AnswerRelay(limits: plan.limits)
        closesConnection = !head.isKeepAlive || loop.isStopping
        loop.counters.open += 1
    }

    /// The dialect in which failures are told.
    var dialect: Dialect {
        switch target {
        case .endpoint(let endpoint): endpoint.dialect
        case .passthrough(let provider, _): plan.providers[provider]?.dialect ?? .openai
        case .models, .unknown: head.headers.contains(name: "anthropic-version") ? .anthropic : .openai
        }
    }
}

// MARK: - The request arrives

extension Call {
    /// Looks at the head: what can be refused without the body is refused now, and the body is not kept.
    func begin() {
        do throws(GatewayFailure) {
            try authenticate()
            try checkHead()
        } catch {
            rejection = error
        }
        if let length = caller.contentLength, length > plan.limits.bodyBytes { return refuseLargeBody() }
        if rejection != nil, caller.announcesLargeBody { return refuseEarly() }
        if caller.expectsContinue { client?.sendContinue() }
    }

    func receive(body bytes: ByteBuffer) {
        guard rejection == nil else { return }
        guard requestBody.readableBytes + bytes.readableBytes <= plan.limits.bodyBytes else { return refuseLargeBody() }
        if requestBody.readableBytes == 0 {
            requestBody = bytes
        } else {
            var bytes = bytes
            requestBody.writeBuffer(&bytes)
        }
    }

    func requestComplete() {
        loop.counters.requestBytes += Int64(requestBody.readableBytes)
        if let rejection { return fail(rejection) }
        do throws(GatewayFailure) {
            try dispatch()
        } catch {
            fail(error)
        }
    }

    private func authenticate() throws(GatewayFailure) {
        let now = loop.time.now()
        var failure: GatewayFailure?
        for secret in caller.ownKeys {
            if tryKey(secret, now, &failure) { return credential = ownCredential(now) }
        }
        if let bearer = caller.bearer, tryKey(bearer, now, &failure) { return }
        if let key = caller.apiKey, tryKey(key, now, &failure) { return }
        if let failure { throw failure }
        principal = try Admission.authenticate(nil, plan: plan, now: now)
    }

    /// What the caller brought for the provider. A key of ours, even one that no longer holds, never leaves; and
    /// Portkey's client sends the literal name of an environment variable when it has no key.
    private func ownCredential(_ now: UnixMicroseconds) -> CallerCredential? {
        func foreign(_ secret: Substring?) -> String? {
            guard let secret, secret != "OPENAI_API_KEY" else { return nil }
            guard case .failure(.unknown) = plan.keys.principal(forSecret: secret, now: now) else { return nil }
            return String(secret)
        }
        return CallerCredential(bearer: foreign(caller.bearer), apiKey: foreign(caller.apiKey))
    }

    /// True if the secret is a key of ours. The first refusal is kept: it is the one that the caller is told.
    private func tryKey(_ secret: Substring, _ now: UnixMicroseconds, _ failure: inout GatewayFailure?) -> Bool {
        do throws(GatewayFailure) {
            principal = try Admission.authenticate(secret, plan: plan, now: now)
            return true
        } catch {
            failure = failure ?? error
            return false
        }
    }

    private func checkHead() throws(GatewayFailure) {
        if let fault = caller.fault {
            throw GatewayFailure(
                .invalidHeader, status: 400, "The header \"\(fault.name)\" can't be read: expected \(fault.expected)."
            )
        }
        if loop.isStopping { throw .stopped }
        if loop.counters.open > plan.limits.requestsInFlight { throw .tooManyCalls }
        switch target {
        case .endpoint:
            guard head.method == .POST else { throw .methodNotAllowed("POST") }
            if caller.isEncoded { throw .encodedBody }
        case .models:
            guard head.method == .GET else { throw .methodNotAllowed("GET") }
        case .passthrough(let provider, _):
            guard plan.providers[provider] != nil else { throw .unknownProvider(provider) }
            let allowed: [HTTPMethod] = [.GET, .POST, .PUT, .PATCH, .DELETE]
            guard allowed.contains(head.method) else { throw .methodNotAllowed("GET, POST, PUT, PATCH or DELETE") }
        case .unknown:
            throw .unknownPath
        }
    }

    private func refuseLargeBody() {
        if rejection == nil { rejection = .bodyTooLarge(limit: plan.limits.bodyBytes) }
        refuseEarly()
    }

    /// The body did not come in time.
    func expireRequest() {
        rejection = .requestTimeout
        refuseEarly()
    }

    /// Answers before the request's end, and closes: reading on would only move bytes that nobody wants.
    private func refuseEarly() {
        guard let rejection else { return }
        requestBody = ByteBuffer()
        closesConnection = true
        client?.linger()
        fail(rejection)
    }
}

// MARK: - It is sent on

extension Call {
    private func dispatch() throws(GatewayFailure) {
        guard let principal else { return }
        switch target {
        case .endpoint(let endpoint):
            try start(PlannedCall.endpoint(endpoint, call: self, principal: principal))
        case .passthrough(let provider, let rest):
            guard let provider = plan.providers[provider] else { return }
            try start(PlannedCall.passthrough(provider, rest: rest, call: self, principal: principal))
        case .models(let modelID):
            try answerModels(modelID, principal: principal)
        case .unknown:
            throw .unknownPath
        }
    }

    private func start(_ planned: PlannedCall) {
        plannedCall = planned
        answer.prepare(planned, limits: plan.limits)
        exchange = Exchange(policy: planned.provider.policy, startedAt: startedAt, wallClock: wallClock)
        let hasRoom = !loop.backlog.isOverLimit
        if !hasRoom { loop.counters.held += 1 }
        report(.admitted(hasRoom: hasRoom))
    }

    private func answerModels(_ modelID: String?, principal: Principal) throws(GatewayFailure) {
        let list = ModelList(plan: plan, principal: principal, dialect: dialect)
        guard let body = modelID.map(list.one) ?? list.all() else { throw .unknownModelID(modelID ?? "") }
        respond(status: 200, body: body, retryAfter: nil)
        finish()
    }

    /// Tells the exchange what happened, and does what it says.
    func report(_ event: Exchange.Event) {
        guard let actions = exchange?.receive(event, at: loop.now()) else { return }
        if !actions.isEmpty { perform(actions) }
        if exchange?.hasEnded == true { finish() }
    }

    private func perform(_ actions: ExchangeActions) {
        if actions.contains(.cancelAttempt) { cancelUpstream() }
        if actions.contains(.settle), !settle() { return }
        if actions.contains(.startAttempt) { startAttempt(fresh: actions.contains(.useFreshConnection)) }
        if actions.contains(.forwardHead) { forwardHead() }
        if actions.contains(.forwardData) { forwardData() }
        if actions.contains(.endAnswer) { endAnswer() }
        if actions.contains(.failAnswer), let failure = exchange?.failure { respond(failure) }
        if actions.contains(.breakAnswer), let failure = exchange?.failure { breakAnswer(failure) }
        if actions.contains(.pauseUpstream) { upstream?.pause() }
        if actions.contains(.resumeUpstream) { upstream?.resume() }
    }

    private func startAttempt(fresh: Bool) {
        guard let plannedCall else { return }
        if fresh { loop.counters.raceRetries += 1 }
        do {
            let pool = try loop.pool(for: plannedCall.provider)
            let call = pool.call(plannedCall.head, body: plannedCall.body, delegate: self)
            upstream = call
            pool.start(call, fresh: fresh)
        } catch {
            report(.attemptFailed(.tls("\(error)")))
        }
    }

    private func cancelUpstream() {
        upstream?.cancel()
        upstream = nil
    }
}

// MARK: - The caller's connection

extension Call {
    func clientLeft() {
        guard exchange != nil else {
            loop.counters.cancelled += 1
            return finish()
        }
        report(.clientLeft)
        guard !isFinished else { return }
        client = nil
        loop.keep(self)
    }

    func clientWritable(_ isWritable: Bool) {
        report(isWritable ? .clientReady : .clientBlocked)
    }

    func sweep(at now: UInt64) {
        guard let exchange else { return }
        if exchange.isWaitingForRoom, !loop.backlog.isOverLimit {
            report(.roomFreed)
        } else if let deadline = exchange.deadline, now >= deadline.at {
            report(.tick)
        }
    }

    func stop() {
        closesConnection = true
        if exchange != nil {
            report(.stopped)
        } else {
            fail(.stopped)
        }
    }
}
