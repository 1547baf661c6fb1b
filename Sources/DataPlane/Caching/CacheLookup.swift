import Access
import Bytes
import Caching
import Gateway
import NIOCore
import NIOHTTP1
import Providers
import Routing
import Runtime
import Telemetry
import Vocabulary

// Before a call is admitted: is its answer there already?

extension Call {
    /// Finds out what the cache has to do with the call. Nothing, in most.
    func prepareCaching(_ planned: CallPlan, _ principal: Principal) {
        guard let services = loop.caching, let endpoint = planned.endpoint, !principal.isInternal else { return }
        guard planned.cache != nil || planned.coalesces || preferences?.cache.isEmpty == false else { return }
        let wish = preferences?.cache ?? CacheDirectives()
        let route = planned.cache.flatMap(loop.cacheDirectives)
        switch CacheRules.resolve(route: route, caller: wish, defaults: services.cache.limits.defaults) {
        case .bypassed: return cacheVerdict = .bypass
        case .unused where !planned.coalesces: return
        case .unused: caching = cachingState(services.cache, planned, endpoint, principal, rules: nil)
        case .used(let rules): caching = cachingState(services.cache, planned, endpoint, principal, rules: rules)
        }
        // Whatever its provider keeps or changes between calls has no answer that may be given twice.
        if caching == nil { cacheVerdict = .bypass }
    }

    private func cachingState(
        _ cache: AnswerCache, _ planned: CallPlan, _ endpoint: Endpoint, _ principal: Principal, rules: CacheRules?
    ) -> CallCaching? {
        guard endpoint.operation != .countTokens else { return nil }
        let scope = CacheScope(
            project: principal.project, namespace: rules?.namespace ?? "",
            route: planned.cacheRoute ?? planned.route ?? planned.model
        )
        return requestBody.withUnsafeReadableBytes { bytes in
            let body = JSONView(validated: bytes)
            guard !body.forbidsCaching else { return nil }
            let question = CacheQuestion(
                scope: scope, operation: endpoint.operation.rawValue, body: body,
                ignored: choosesTargets ? [] : strips, variants: cacheVariants
            )
            var state = CallCaching(cache: cache, scope: scope, key: question.key, rules: rules)
            guard rules?.mode == .semantic, loop.caching?.embed != nil, let format = endpoint.format,
                let said = LastUserText(body, format: format)
            else { return state }
            state.said = CallCaching.Said(text: said.text, family: question.family(of: said))
            return state
        }
    }

    /// What an answer depends on beside its body: headers that switch features on, the caller's own account at the
    /// provider, and where the caller chose targets itself, that choice.
    private var cacheVariants: [String] {
        var variants: [String] = []
        for name in ["anthropic-beta", "openai-beta"] {
            variants += head.headers[name].map { "\(name): \($0)" }
        }
        if let credential { variants.append("key: \(credential.bearer ?? "")/\(credential.apiKey ?? "")") }
        if choosesTargets, let preferences {
            variants.append("targets: \(preferences.targetChoice.hashValue)")
        }
        return variants
    }

    private var choosesTargets: Bool {
        preferences.map { $0.targetChoice != RoutePreferences() } ?? false
    }

    /// Looks for the answer. True where the call needs no admission: it is answered, or it waits.
    func askCache() -> Bool {
        guard let caching else { return false }
        // A hit is recorded too, and the journal is full.
        guard !loop.backlog.isOverLimit else { return false }
        if let rules = caching.rules, rules.looksUp {
            let found = caching.cache.find(
                caching.key, in: caching.scope, rules: rules, now: wallClock, random: loop.nextRandom()
            )
            if let found, take(found, as: .hit) { return true }
            if caching.said != nil { return askByMeaning() }
        }
        return join()
    }

    /// Prepares a stored answer for this caller and ends the look-up. False where it can't be given.
    private func take(_ stored: StoredAnswer, as verdict: CacheVerdict) -> Bool {
        guard let output = CacheOutput.make(stored, for: self) else { return false }
        caching?.verdict = verdict
        caching?.served = stored
        caching?.output = output
        report(.found)
        return true
    }

    // MARK: By meaning

    private func askByMeaning() -> Bool {
        guard let embed = loop.caching?.embed, let said = caching?.said, let caching else { return false }
        report(.lookingUp)
        let bound = NIOLoopBound(self, eventLoop: loop.loop)
        let eventLoop = loop.loop
        embed(said.text, caching.scope.project) { vector in
            eventLoop.execute { bound.value.embedded(vector) }
        }
        return true
    }

    private func embedded(_ vector: UnitVector?) {
        caching?.said?.vector = vector
        // The call may have gone on without it, or be over.
        guard exchange?.isLookingUp == true, let caching, let rules = caching.rules else { return }
        if let vector, let said = caching.said {
            let near = caching.cache.findNear(
                vector, in: said.family, of: caching.scope, rules: rules, now: loop.time.now()
            )
            if let near {
                self.caching?.similarity = near.similarity
                self.caching?.threshold = near.threshold
                if take(near.answer, as: .semanticHit) { return }
                self.caching?.similarity = nil
            }
        }
        if !join() { admit() }
    }

    // MARK: Together with others

    /// Waits for an identical call's answer, where the route shares answers and there is one. True if it waits.
    private func join() -> Bool {
        guard callPlan?.coalesces == true, let caching, canShare else { return false }
        let bound = NIOLoopBound(self, eventLoop: loop.loop)
        let eventLoop = loop.loop
        let role = caching.cache.coalescer.join(caching.key) { news in
            eventLoop.execute { bound.value.heard(news) }
        }
        switch role {
        case .alone: return false
        case .leads(let ticket):
            self.caching?.sharing = .leads(ticket)
            return false
        case .waits(let ticket):
            self.caching?.sharing = .waits(ticket)
            report(.lookingUp)
            return true
        }
    }

    /// A call that asks for a fresh answer does not take another's.
    private var canShare: Bool { caching?.rules?.looksUp ?? true }

    private func heard(_ news: Coalescer.News) {
        guard case .waits(let ticket) = caching?.sharing else { return }
        let isWaiting = exchange?.isLookingUp == true
        switch news {
        case .answer(let answer):
            caching?.sharing = .none
            if isWaiting, !take(answer, as: .coalesced) { admit() }
        case .leads:
            caching?.sharing = .leads(ticket)
            // Going on by itself already, it still leads; over, it hands on.
            if isWaiting { admit() } else if isFinished { leaveCache() }
        }
    }

    /// The call is over: whoever waits for it looks for another leader.
    func leaveCache() {
        switch caching?.sharing {
        case .leads(let ticket), .waits(let ticket): caching?.cache.coalescer.leave(ticket)
        case .some(.none), nil: break
        }
        caching?.sharing = .none
    }

    /// True where other calls wait for this one's answer.
    var isAwaitedByOthers: Bool {
        guard case .leads(let ticket) = caching?.sharing else { return false }
        return caching?.cache.coalescer.isAwaited(ticket) ?? false
    }
}

extension RoutePreferences {
    /// Only what changes which target answers, or what it is asked.
    fileprivate var targetChoice: RoutePreferences {
        var choice = RoutePreferences()
        choice.models = models
        choice.node = node
        choice.providerOrder = providerOrder
        choice.allowsFallbacks = allowsFallbacks
        choice.rules = rules
        choice.requiresParameters = requiresParameters
        choice.sort = sort
        choice.parameters = parameters
        return choice
    }
}
