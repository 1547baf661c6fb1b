package import Bytes

/// What the router decided for one call: which targets in which order, and why no others.
package struct RoutingDecision: Sendable {
    /// In the order they are tried. Empty if no target may take the call; `considered` says why.
    package var attempts: [PlannedAttempt]
    /// Tried instead of the rest when a target answers that the input is too long.
    package var contextWindowAttempts: [PlannedAttempt]
    /// Tried instead of the rest when a target refuses the content.
    package var contentPolicyAttempts: [PlannedAttempt]
    /// One for each target of the route.
    package var considered: [Considered]
    /// The root's strategy.
    package var strategy: String
    /// True where every target that may take the call is out by its health, and they are tried all the same.
    package var isBreakerBypassed: Bool
    /// True where the call seems too long for every target, and the largest is tried all the same: sizes are estimates.
    package var isWindowBypassed: Bool
    package var hedge: HedgeRules?
    package var streamBreak: RouteDefinition.StreamBreak
    /// When it was decided, in monotonic nanoseconds.
    package var decidedAt: UInt64

    package init(
        attempts: [PlannedAttempt], considered: [Considered], strategy: String, hedge: HedgeRules? = nil,
        streamBreak: RouteDefinition.StreamBreak = .error, decidedAt: UInt64 = 0
    ) {
        self.attempts = attempts
        contextWindowAttempts = []
        contentPolicyAttempts = []
        self.considered = considered
        self.strategy = strategy
        isBreakerBypassed = false
        isWindowBypassed = false
        self.hedge = hedge
        self.streamBreak = streamBreak
        self.decidedAt = decidedAt
    }
}

/// One target that is to be tried.
package struct PlannedAttempt: Sendable, Hashable {
    /// Its place in `CompiledRoute.targets`.
    package var target: Int
    package var retry: RetryRules
    package var timeouts: AttemptTimeouts
    /// The groups it stands in, root first: they say on which statuses the next target is tried.
    package var lineage: [LineageStep]
    /// The target's context window in tokens, where known.
    package var contextWindow: Int64?

    init(_ target: CompiledTarget, lineage: [LineageStep]) {
        self.target = target.index
        retry = target.retry
        timeouts = target.timeouts
        self.lineage = lineage
        contextWindow = target.facts.contextWindow
    }
}

/// One target and what became of it.
package struct Considered: Sendable, Hashable {
    /// What became of a target.
    package enum Verdict: Sendable, Hashable {
        /// Tried first. `order` is its place in `attempts`, which is 0.
        case chosen(order: Int)
        /// Tried if those before it fail.
        case fallback(order: Int)
        /// Tried only after that kind of failure.
        case reserve(FailureKind)
        case ruledOut(RuledOut)
    }

    package var target: Int
    /// The target's name for people.
    package var label: String
    package var verdict: Verdict
    /// What its group compared, `nil` where nothing was.
    package var score: RouteScore?
}

/// What a strategy compared.
package enum RouteScore: Sendable, Hashable {
    /// Peak EWMA in nanoseconds times the calls in flight and this one.
    case latency(Double)
    /// Nano-dollars for the call; infinite where the price is not known.
    case price(Double)
    case inFlight(Int)
    case weight(Double)
    /// Tokens per second, `nil` where not known.
    case throughput(Double?)
    /// Rendezvous hash of session and target; the highest is chosen.
    case affinity(Double)

    /// The score in words.
    package var text: String {
        switch self {
        case .latency(let value): value.isFinite ? "load \((value / 1000).rounded() / 1000) ms" : "load not known"
        case .price(let value): value.isFinite ? "\(Int64(min(value, 9e18))) nano-dollars" : "price not known"
        case .inFlight(let count): "\(count) in flight"
        case .weight(let weight): "weight \(weight)"
        case .throughput(let rate): rate.map { "\(($0 * 10).rounded() / 10) tokens/s" } ?? "throughput not known"
        case .affinity: "by session"
        }
    }
}

extension RoutingDecision {
    /// Writes the decision as one object, as the API and the record show it.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("strategy")
        writer.string(strategy)
        writer.key("breaker_bypassed")
        writer.bool(isBreakerBypassed)
        writer.key("window_bypassed")
        writer.bool(isWindowBypassed)
        writer.key("attempts")
        writer.beginArray()
        for attempt in attempts { writer.int(attempt.target) }
        writer.endArray()
        writer.key("considered")
        writer.beginArray()
        for one in considered { one.write(to: &writer, now: decidedAt) }
        writer.endArray()
        writer.endObject()
    }
}

extension Considered {
    fileprivate func write(to writer: inout JSONWriter, now: UInt64) {
        writer.beginObject()
        writer.key("target")
        writer.int(target)
        writer.key("name")
        writer.string(label)
        write(verdict, to: &writer, now: now)
        if let score {
            writer.key("score")
            writer.string(score.text)
        }
        writer.endObject()
    }

    private func write(_ verdict: Verdict, to writer: inout JSONWriter, now: UInt64) {
        writer.key("verdict")
        switch verdict {
        case .chosen: writer.string("chosen")
        case .fallback(let order):
            writer.string("fallback")
            writer.key("order")
            writer.int(order)
        case .reserve(let kind):
            writer.string("reserve")
            writer.key("after")
            writer.string(kind.rawValue)
        case .ruledOut(let reason):
            writer.string("ruled_out")
            writer.key("reason")
            writer.string(reason.code)
            writer.key("detail")
            writer.string(reason.text(now: now))
        }
    }
}
