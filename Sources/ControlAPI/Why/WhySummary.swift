import Vocabulary

/// The answer in sentences, in the order in which things happened.
struct WhySummary {
    private let why: Why
    private var span: SpanRecord { why.span }
    private var trail: DecisionTrail { why.trail }

    init(_ why: Why) { self.why = why }

    var sentences: [String] {
        var all = [who]
        all += cache
        all += routing
        all += trail.attempts.enumerated().map { attempt($1, number: $0 + 1) }
        all += outcome
        all += span.parameterChanges.map { "The parameter \($0.name) was \($0.action.rawValue): \($0.detail)." }
        all += trail.notices.map { "\($0.message.ended) The rule \($0.rule) of \($0.subject) only warns." }
        all += span.charges.map(budget)
        all += cost
        return all
    }

    private var who: String {
        let key = why.keyName.map { "\"\($0)\" (\(span.keyID))" } ?? span.keyID
        let route = span.route.map { ", which leads to the route \"\($0)\"" } ?? ""
        return "The key \(key) asked for \"\(span.requestModel)\"\(route)."
    }

    private var cache: [String] {
        let source = span.cacheSource.map { " of the call \($0.uuid)" } ?? ""
        switch span.cache {
        case nil: return []
        case .hit: return ["The answer\(source) to the same request was in the cache; no provider was called."]
        case .semanticHit:
            return ["The answer\(source) to a request that means the same was in the cache; no provider was called."]
        case .coalesced: return ["An identical call\(source) was on its way; its answer was shared."]
        case .miss: return ["The cache held no answer to this request."]
        case .bypass: return ["The cache was left out, because the caller or the route says so."]
        case .refresh: return ["The cache was not asked; the new answer replaced what it held."]
        }
    }
}

// Routing and attempts.
extension WhySummary {
    private var routing: [String] {
        if let routing = trail.routing { return RoutingSentences.of(routing) }
        guard !span.provider.isEmpty, span.cache?.isServed != true else { return [] }
        return ["The model stands for \(span.provider)/\(span.upstreamModel) alone: there was nothing to choose."]
    }

    private func attempt(_ attempt: DecisionTrail.Attempt, number: Int) -> String {
        let what = attempt.isHedge ? "a hedge to" : "to"
        let took = Self.milliseconds(max(0, attempt.ended - attempt.started))
        let error = attempt.error ?? "no answer"
        let words = attempt.message.map { ": \($0)" } ?? ""
        return "Attempt \(number), \(what) \(attempt.target), failed after \(took) with \(error)\(words.ended)"
    }

    private var outcome: [String] {
        var all: [String] = []
        if let answered = trail.answeredBy {
            all.append("\(answered) answered, \(Self.milliseconds(span.timing.endedAfter)) after the call began.")
        }
        if trail.wasContinued { all.append("The stream broke on the way, and another target went on with it.") }
        switch span.outcome {
        case .ok: break
        case .cancelled: all.append("The caller left before the answer was complete.")
        case .error:
            let message = span.errorMessage.map { ": \($0)" } ?? ""
            all.append("The caller got an error, \(span.errorCode ?? "http_\(span.httpStatus)")\(message.ended)")
        }
        return all
    }

    /// Whole milliseconds from 10 up, tenths below.
    private static func milliseconds(_ duration: Microseconds) -> String {
        if duration >= 10_000 { return "\((duration + 500) / 1_000) ms" }
        let tenths = (duration + 50) / 100
        return "\(tenths / 10).\(tenths % 10) ms"
    }
}

// Money.
extension WhySummary {
    private func budget(_ charge: LedgerCharge) -> String {
        let rule = "The budget \(charge.ruleID) of \(charge.subject)"
        let figures = "stood at \(amount(charge.before, charge.unit)) before and \(amount(charge.after, charge.unit)) "
            + "after, of \(amount(charge.limit, charge.unit))"
        return charge.crossesLimit ? "\(rule) \(figures): this call reached the limit." : "\(rule) \(figures)."
    }

    private func amount(_ value: Int64, _ unit: MeteredUnit) -> String {
        unit == .money ? "\(Money(nanodollars: value))" : "\(value) \(unit.rawValue)"
    }

    private var cost: [String] {
        var all: [String] = []
        if let receipt = span.receipt {
            all.append("It cost \(receipt.total), by the price \(receipt.priceVersion).")
        } else if !span.provider.isEmpty {
            all.append("No price is known for \(span.provider)/\(span.upstreamModel), so it is counted as unpriced.")
        }
        if let saved = span.savedCost { all.append("The cache saved \(saved).") }
        return all
    }
}

extension CacheVerdict {
    /// True where no provider was asked for this call.
    fileprivate var isServed: Bool {
        switch self {
        case .hit, .semanticHit, .coalesced: true
        case .miss, .bypass, .refresh: false
        }
    }
}

extension String {
    /// With a full stop at its end, unless the sentence has an end.
    fileprivate var ended: String {
        guard let last else { return "." }
        return ".!?".contains(last) ? self : self + "."
    }
}
