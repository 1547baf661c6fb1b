import Synchronization
package import Vocabulary

/// The whole answer cache of a server: what is stored, what is near, who waits for whom, and the figures.
///
/// Shared by all event loops. Time and random numbers are passed in.
package final class AnswerCache: Sendable {
    package let limits: CacheLimits
    package let exact: ExactCache
    package let semantic: SemanticIndex
    package let coalescer = Coalescer()
    private let figures = Mutex<[CacheOwner: CacheFigures]>([:])
    private let meters = Mutex<[CacheOwner: FalseHitMeter]>([:])

    /// Routes with figures of their own: names may come from callers (`provider/model`), so there must be an end.
    private static let mostOwners = 2_000

    package init(_ limits: CacheLimits) {
        self.limits = limits
        exact = ExactCache(maximumBytes: limits.maximumBytes)
        semantic = SemanticIndex(maximumEntries: limits.maximumVectors, maximumBytes: limits.maximumBytes / 2)
    }

    // MARK: Exact

    /// The stored answer to this very request.
    package func find(
        _ key: CacheKey, in scope: CacheScope, rules: CacheRules, now: UnixMicroseconds, random: UInt64
    ) -> StoredAnswer? {
        let found = exact.find(
            key, ttlSeconds: rules.ttlSeconds, bucket: rules.bucketSize, now: now, random: random
        )
        if found.expired > 0 { change(scope) { $0.expired += Int64(found.expired) } }
        return found.answer
    }

    /// Keeps an answer.
    package func store(
        _ answer: StoredAnswer, under key: CacheKey, in scope: CacheScope, rules: CacheRules
    ) {
        let evicted = exact.store(
            answer, under: key, in: scope, bucket: rules.bucketSize, replaces: !rules.looksUp
        )
        change(scope) { $0.stored += 1 }
        for gone in evicted { change(gone) { $0.evicted += 1 } }
    }

    // MARK: Semantic

    /// The stored answer to the request that means most nearly the same, if it is near enough now.
    package func findNear(
        _ vector: UnitVector, in family: CacheKey, of scope: CacheScope, rules: CacheRules, now: UnixMicroseconds
    ) -> NearAnswer? {
        let threshold = max(rules.threshold, meteredThreshold(scope, rules, now))
        guard let near = semantic.nearest(to: vector, in: family, atLeast: threshold) else { return nil }
        let found = exact.find(near.key, ttlSeconds: rules.ttlSeconds, now: now)
        guard let answer = found.answer else {
            if found.expired > 0 { change(scope) { $0.expired += Int64(found.expired) } }
            semantic.remove(near.key, in: family)
            return nil
        }
        return NearAnswer(
            answer: answer, key: near.key, similarity: near.similarity, question: near.text, threshold: threshold
        )
    }

    /// The threshold that the route's meter has come to.
    private func meteredThreshold(_ scope: CacheScope, _ rules: CacheRules, _ now: UnixMicroseconds) -> Double {
        let owner = CacheOwner(scope)
        return meters.withLock { meters in
            var meter = meters[owner] ?? FalseHitMeter(configured: rules.routeThreshold, goals: limits.goals)
            meter.configure(rules.routeThreshold, at: now)
            if meters[owner] != nil || meters.count < Self.mostOwners { meters[owner] = meter }
            return meter.threshold
        }
    }

    /// Whether this hit is to be judged.
    package func samples(_ scope: CacheScope, random: UInt64) -> Bool {
        meters.withLock { $0[CacheOwner(scope)]?.samples(random: random) ?? false }
    }

    /// Takes in what a judge said of a hit; `nil` where none could say.
    package func judged(_ scope: CacheScope, isFalse: Bool?, used: Double, now: UnixMicroseconds) {
        meters.withLock { meters in
            if let isFalse {
                meters[CacheOwner(scope)]?.judge(isFalse: isFalse, used: used, at: now)
            } else {
                meters[CacheOwner(scope)]?.couldNotJudge()
            }
        }
    }

    // MARK: Figures

    /// Counts what became of a call.
    package func count(_ verdict: CacheVerdict, in scope: CacheScope, saved: Money?) {
        change(scope) { figures in
            figures.count(verdict)
            if let saved { figures.saved += saved }
        }
    }

    private func change(_ scope: CacheScope, _ body: (inout CacheFigures) -> Void) {
        figures.withLock { all in
            var owner = CacheOwner(scope)
            if all[owner] == nil, all.count >= Self.mostOwners { owner.route = "(others)" }
            body(&all[owner, default: CacheFigures()])
        }
    }

    /// Everything about the routes of a project, by route.
    package func report(project: ProjectID) -> [CacheReport] {
        let figures = figures.withLock { $0.filter { $0.key.project == project } }
        let meters = meters.withLock { $0.filter { $0.key.project == project } }
        var reports: [CacheOwner: CacheReport] = [:]
        for (owner, found) in figures { reports[owner, default: CacheReport(owner: owner)].figures = found }
        for (owner, meter) in meters { reports[owner, default: CacheReport(owner: owner)].meter = meter }
        for (scope, size) in exact.sizes() where scope.project == project {
            let owner = CacheOwner(scope)
            reports[owner, default: CacheReport(owner: owner)].entries += size.entries
            reports[owner, default: CacheReport(owner: owner)].bytes += size.bytes
        }
        return reports.values.sorted { $0.owner.route < $1.owner.route }
    }

    /// Forgets a project's answers: all of them, those of a route, of a namespace, or of both.
    ///
    /// - Returns: How many requests lost their answer.
    @discardableResult
    package func purge(project: ProjectID, route: String? = nil, namespace: String? = nil) -> Int {
        let isMeant: (CacheScope) -> Bool = { scope in
            scope.project == project && (route == nil || route == scope.route)
                && (namespace == nil || namespace == scope.namespace)
        }
        semantic.purge(where: isMeant)
        return exact.purge(where: isMeant)
    }
}

/// A stored answer to a question that means nearly the same.
package struct NearAnswer: Sendable {
    package var answer: StoredAnswer
    package var key: CacheKey
    package var similarity: Double
    /// What the user said there.
    package var question: String
    /// The threshold that was in force.
    package var threshold: Double
}

/// How large the cache may become, and how semantic hits are watched.
package struct CacheLimits: Sendable, Equatable {
    /// Answers, in bytes. Vectors may take half as much beside them.
    package var maximumBytes: Int
    package var maximumVectors: Int
    package var defaults: CacheRules.Defaults
    package var goals: FalseHitMeter.Goals

    package init(
        maximumBytes: Int = 256 << 20, maximumVectors: Int = 50_000,
        defaults: CacheRules.Defaults = CacheRules.Defaults(), goals: FalseHitMeter.Goals = FalseHitMeter.Goals()
    ) {
        self.maximumBytes = maximumBytes
        self.maximumVectors = maximumVectors
        self.defaults = defaults
        self.goals = goals
    }
}
