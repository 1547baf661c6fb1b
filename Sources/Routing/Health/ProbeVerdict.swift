/// What an active probe of a provider found.
package enum ProbeFinding: Sendable, Hashable {
    /// An answer with that HTTP status after so many nanoseconds.
    case answered(status: Int, after: UInt64)
    case notReached
    /// No answer within the time, in nanoseconds.
    case timedOut(after: UInt64)
}

extension HealthView {
    /// What a probe's finding says about this target; `nil` where it says nothing.
    ///
    /// A probe costs nothing because it asks for no model's work. So it may take a target out, but it brings back only
    /// one that was lost because nobody could be reached: that the provider answers does not show that a model works.
    package func sample(of finding: ProbeFinding) -> HealthSample? {
        switch finding {
        case .notReached: return HealthSample(.failure(.connect))
        case .timedOut(let time): return HealthSample(.failure(.timeout), total: time)
        case .answered(let status, let time):
            switch status {
            case 500...599: return HealthSample(.failure(.serverError), firstByte: time, total: time)
            case 401, 403: return HealthSample(.failure(.authentication), firstByte: time, total: time)
            case 429: return nil
            default: return bringsBack ? HealthSample(.success, firstByte: time, total: time) : nil
            }
        }
    }

    private var bringsBack: Bool {
        guard case .closed = brief.breaker else { return lastFailure == .connect || lastFailure == .timeout }
        return false
    }
}
