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
    /// Through which product's address it came.
    let door: Door
    var caller: CallerHeaders
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
    var callPlan: CallPlan?
    var outline: RequestOutline?
    /// What the caller wishes for the routing of this call.
    var preferences: RoutePreferences?
    /// Held until the call is settled, and given back if it never is.
    var reservation = LedgerReservation.nothing
    /// Soft and shadow rules that this call is beyond.
    var notices: [LedgerBreach] = []
    /// The request in no dialect's words; read once, where some target needs it.
    private var readConversation: Result<ModelRequest, GatewayFailure>?

    /// What the answer cache has to do with the call; `nil` for nothing.
    var caching: CallCaching?
    /// Set where the cache was asked for and does not take part.
    var cacheVerdict: CacheVerdict?

    // The attempts
    /// The one whose answer the caller gets.
    var lead: Attempt?
    /// A second one that races it.
    var rival: Attempt?
    /// What the targets that were tried could not take.
    var changes: [ParameterChange] = []
    /// The answer is our own estimate of what only a provider could tell.
    var isEstimate = false
    var hasWrittenHead = false
    var closesConnection: Bool
    var isFinished = false
    /// True while the actions of an event are carried out.
    var isPerforming = false

    init(loop: LoopContext, client: DataPlaneHandler, head: HTTPRequestHead, target: CallTarget, door: Door) {
        self.loop = loop
        self.client = client
        self.head = head
        self.target = target
        self.door = door
        plan = loop.plan
        id = loop.nextRequestID()
        startedAt = loop.now()
        wallClock = loop.time.now()
        caller = CallerHeaders(head.headers)
        closesConnection = !head.isKeepAlive || loop.isStopping
        loop.counters.open += 1
    }

    /// Members of the body that are meant for the gateway, not for the provider.
    var strips: [String] { preferences?.strips ?? [] }

    /// The request in no dialect's words.
    ///
    /// - Parameter edits: What the route changes in the body for a target; the request is read again then.
    func conversation(edits: ParameterEdits = ParameterEdits()) throws(GatewayFailure) -> ModelRequest {
        guard edits.isEmpty else { return try ConversationReader.read(self, edits).get() }
        let result = readConversation ?? ConversationReader.read(self, edits)
        readConversation = result
        return try result.get()
    }

    /// The dialect in which failures are told.
    var dialect: Dialect {
        switch target {
        case .endpoint(let endpoint): endpoint.dialect
        case .passthrough(let provider, _): plan.providers[provider]?.dialect ?? .openai
        case .stored(let dialect, _): dialect
        case .models where head.uri.hasPrefix("/v1beta/"): .gemini
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
        if let key = caller.apiKey ?? queryKey, tryKey(key, now, &failure) { return }
        if let failure { throw failure }
        principal = try Admission.authenticate(nil, plan: plan, now: now)
    }

    /// Gemini's REST callers put their key into the query.
    private var queryKey: Substring? {
        guard dialect == .gemini, let start = head.uri.firstIndex(of: "?") else { return nil }
        let items = head.uri[head.uri.index(after: start)...].split(separator: "&")
        return items.first { $0.hasPrefix("key=") }?.dropFirst("key=".count)
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
        if let principal, !principal.mayCallModels { throw .scopeRequired }
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
        case .stored(let dialect, _):
            guard plan.storing(dialect) != nil else { throw .noStoringProvider(dialect) }
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

// MARK: - The caller's connection

extension Call {
    func clientLeft() {
        guard exchange != nil else {
            loop.counters.cancelled += 1
            return finish()
        }
        if isAwaitedByOthers { exchange?.isAwaitedByOthers = true }
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
