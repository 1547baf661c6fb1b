package import Vocabulary

/// A provider and how each of its targets does, as `/api/v1/providers` shows it.
package struct ProviderListing: Sendable, Equatable {
    package var name: String
    package var preset: String?
    package var dialect: Dialect
    /// Host, and port where it is not the scheme's own.
    package var host: String
    /// The forms of conversation that it speaks, the preferred one first.
    package var formats: [String]
    /// Those that were called or stand in a route, by model.
    package var targets: [Target]

    /// One model at the provider.
    package struct Target: Sendable, Equatable {
        package var model: String
        package var health: TargetHealthListing

        package init(model: String, health: TargetHealthListing) {
            self.model = model
            self.health = health
        }
    }

    package init(
        name: String, preset: String?, dialect: Dialect, host: String, formats: [String], targets: [Target]
    ) {
        self.name = name
        self.preset = preset
        self.dialect = dialect
        self.host = host
        self.formats = formats
        self.targets = targets
    }
}

/// How one target does: the breaker now, and the figures of the last five minutes.
package struct TargetHealthListing: Sendable, Equatable {
    /// Whether calls go there. Raw values are shown.
    package enum Breaker: String, Sendable, CaseIterable {
        case closed, open
        case halfOpen = "half_open"
    }

    package var breaker: Breaker
    package var inFlight: Int
    /// Calls that ended in the last five minutes, and those of them that failed by the target's fault.
    package var requests: Int
    package var failures: Int
    /// Time to the first byte; `nil` without answers.
    package var p50: Microseconds?
    package var p95: Microseconds?
    /// Tokens of output per second, the median; `nil` where not known.
    package var tokensPerSecond: Double?
    /// Until then no call goes there: the breaker's doing, or the provider's own word.
    package var coolingUntil: UnixMicroseconds?
    /// The kind of the last failure, and when it was.
    package var lastError: String?
    package var lastErrorAt: UnixMicroseconds?

    package init(
        breaker: Breaker = .closed, inFlight: Int = 0, requests: Int = 0, failures: Int = 0, p50: Microseconds? = nil,
        p95: Microseconds? = nil, tokensPerSecond: Double? = nil, coolingUntil: UnixMicroseconds? = nil,
        lastError: String? = nil, lastErrorAt: UnixMicroseconds? = nil
    ) {
        self.breaker = breaker
        self.inFlight = inFlight
        self.requests = requests
        self.failures = failures
        self.p50 = p50
        self.p95 = p95
        self.tokensPerSecond = tokensPerSecond
        self.coolingUntil = coolingUntil
        self.lastError = lastError
        self.lastErrorAt = lastErrorAt
    }
}
