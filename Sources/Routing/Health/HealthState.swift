import Vocabulary

/// What `TargetHealth` guards: pure, so that it is tested without it.
struct HealthState: Sendable {
    private var inFlight = 0
    private var latency = PeakEWMA()
    private var breaker: CircuitBreaker
    private var cooldownUntil: UInt64 = 0
    private var recent = RecentCalls()
    private var lastFailure: FailureKind?
    private var lastFailureAt: UInt64 = 0

    /// A provider's clock or arithmetic may be wrong: no `Retry-After` keeps a target out for longer.
    static let longestCooldown: UInt64 = 300_000_000_000

    init(rules: BreakerRules) { breaker = CircuitBreaker(rules: rules) }

    mutating func began(now: UInt64) -> HealthTicket {
        inFlight += 1
        return HealthTicket(began: now, isProbe: breaker.began(now: now))
    }

    mutating func ended(_ ticket: HealthTicket, _ sample: HealthSample, now: UInt64) {
        inFlight = max(0, inFlight - 1)
        breaker.ended(ticket, isSuccess: Self.isSuccess(sample.outcome), now: now)
        switch sample.outcome {
        case .success: succeeded(sample, now: now)
        case .failure(let kind): failed(kind, sample, now: now)
        case .rateLimited(let asked): coolDown(asked, now: now)
        case .cancelled: break
        }
    }

    func brief(now: UInt64) -> HealthBrief {
        HealthBrief(
            inFlight: inFlight, latency: latency.value(now: now), errorRate: breaker.errorRate(now: now),
            breaker: breaker.phase(now: now), cooldownUntil: cooldownUntil > now ? cooldownUntil : nil
        )
    }

    func view(now: UInt64) -> HealthView {
        let merged = recent.merged(now: now)
        return HealthView(
            brief: brief(now: now), requests: merged.requests, failures: merged.failures,
            latencyP50: merged.latency.quantile(0.5).map { UInt64($0) * 1000 },
            latencyP95: merged.latency.quantile(0.95).map { UInt64($0) * 1000 },
            throughputP50: merged.throughput.quantile(0.5).map { Double($0) / 1000 },
            throughputP95: merged.throughput.quantile(0.05).map { Double($0) / 1000 },
            lastFailure: lastFailure, lastFailureAt: lastFailure == nil ? nil : lastFailureAt
        )
    }

    mutating func setRules(_ rules: BreakerRules) {
        if rules != breaker.rules { breaker.setRules(rules) }
    }

    /// `nil` where the outcome says nothing about the target. A rate limit is the target's word that it works.
    private static func isSuccess(_ outcome: HealthSample.Outcome) -> Bool? {
        switch outcome {
        case .success: true
        case .failure(let kind): kind.isTargetsFault ? false : nil
        case .rateLimited, .cancelled: nil
        }
    }

    private mutating func succeeded(_ sample: HealthSample, now: UInt64) {
        let firstByte = sample.firstByte ?? sample.total
        latency.add(firstByte, now: now)
        recent.add(firstByte: firstByte, throughput: Self.throughput(sample), isFailure: false, now: now)
    }

    private mutating func failed(_ kind: FailureKind, _ sample: HealthSample, now: UInt64) {
        guard kind.isTargetsFault else { return }
        lastFailure = kind
        lastFailureAt = now
        // A timeout was as slow as it was; a refusal in no time must not make the target look quick.
        if kind == .timeout { latency.add(sample.total, now: now) }
        recent.add(firstByte: nil, throughput: nil, isFailure: true, now: now)
    }

    private mutating func coolDown(_ asked: UInt64?, now: UInt64) {
        let wait = min(asked ?? breaker.rules.rateLimitCooldown, Self.longestCooldown)
        cooldownUntil = max(cooldownUntil, now &+ wait)
        lastFailure = .rateLimited
        lastFailureAt = now
    }

    /// Thousandths of a token per second, from the first byte to the end.
    private static func throughput(_ sample: HealthSample) -> Int64? {
        guard let tokens = sample.outputTokens, tokens > 0 else { return nil }
        let span = sample.total - min(sample.total, sample.firstByte ?? 0)
        guard span > 0 else { return nil }
        return Int64(min(1e15, Double(tokens) * 1e12 / Double(span)))
    }
}
