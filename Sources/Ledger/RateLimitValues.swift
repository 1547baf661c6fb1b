package import Vocabulary

/// The values of the `x-ratelimit-*` headers: of all rules that could refuse the next call, the tightest.
package struct RateLimitValues: Sendable, Hashable {
    /// One header triple.
    package struct Line: Sendable, Hashable {
        package var limit: Int64
        package var remaining: Int64
        /// How long until all of `limit` is there again, if nothing is added; `nil` if never.
        package var resetAfter: Microseconds?

        package init(limit: Int64, remaining: Int64, resetAfter: Microseconds?) {
            self.limit = limit
            self.remaining = remaining
            self.resetAfter = resetAfter
        }

        /// The reset as OpenAI writes it: `1s`, `6m0s`, `1h0m12s`, `250ms`; rounded up to milliseconds.
        package var resetText: String? { resetAfter.map(RateLimitValues.text) }
    }

    /// `nil` if no rule counts requests.
    package var requests: Line?
    /// `nil` if no rule counts tokens.
    package var tokens: Line?

    /// - Parameter states: Of every rule that applies to the call, from `Ledger.state`. Only hard rules count: the
    ///   others hold nobody back.
    package init(states: [RuleState]) {
        requests = Self.tightest(states, .requests)
        tokens = Self.tightest(states, .tokens)
    }

    private static func tightest(_ states: [RuleState], _ measure: RuleMeasure) -> Line? {
        let hard = states.filter { $0.mode == .hard && $0.measure == measure }
        let first = hard.min { a, b in
            a.remaining == b.remaining ? (a.resetAfter ?? .max) > (b.resetAfter ?? .max) : a.remaining < b.remaining
        }
        return first.map { Line(limit: $0.limit, remaining: $0.remaining, resetAfter: $0.resetAfter) }
    }

    /// A duration in the manner of Go, which OpenAI's headers follow.
    static func text(_ duration: Microseconds) -> String {
        let milliseconds = max(0, duration) / 1_000 + (max(0, duration) % 1_000 > 0 ? 1 : 0)
        guard milliseconds >= 1_000 else { return milliseconds == 0 ? "0s" : "\(milliseconds)ms" }
        let seconds = milliseconds / 1_000
        var fraction = String(milliseconds % 1_000 + 1_000).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        let tail = "\(seconds % 60)\(fraction.isEmpty ? "" : "." + fraction)s"
        if seconds < 60 { return tail }
        if seconds < 3_600 { return "\(seconds / 60)m\(tail)" }
        return "\(seconds / 3_600)h\(seconds / 60 % 60)m\(tail)"
    }
}
