package import Vocabulary

/// The width of a rollup bucket.
package enum RollupGrain: String, Sendable, CaseIterable {
    case minute, hour, day

    /// The width in microseconds.
    package var width: Microseconds {
        switch self {
        case .minute: 60_000_000
        case .hour: 3_600_000_000
        case .day: 86_400_000_000
        }
    }
}

/// What a series can be split by. Each is its own set of rollup rows.
package enum RollupDimension: String, Sendable, CaseIterable {
    /// Everything in one group, named by the empty string.
    case total
    case model, provider, key, user, feature, tag
    /// The error code, `ok` for successes.
    case error
    case team, customer, route
    /// What the answer cache did.
    case cache
}

/// A question to the rollups.
package struct SeriesQuery: Sendable, Equatable {
    package var project: ProjectID
    /// `nil` sums over all environments.
    package var environment: EnvironmentName?
    /// Inclusive; rounded down to the grain.
    package var from: UnixMicroseconds
    /// Exclusive.
    package var to: UnixMicroseconds
    package var grain: RollupGrain
    package var dimension: RollupDimension
    /// Only this value of the dimension; `nil` for all.
    package var value: String?
    /// At most this many groups, those with the highest cost (then calls) first.
    package var limit: Int

    package init(
        project: ProjectID, environment: EnvironmentName? = nil, from: UnixMicroseconds, to: UnixMicroseconds,
        grain: RollupGrain, dimension: RollupDimension = .total, value: String? = nil, limit: Int = 20
    ) {
        self.project = project
        self.environment = environment
        self.from = from
        self.to = to
        self.grain = grain
        self.dimension = dimension
        self.value = value
        self.limit = limit
    }
}

/// One group of a series with its sums over the whole range and its points, oldest first; empty buckets are left out.
package struct SeriesGroup: Sendable, Equatable {
    package var value: String
    package var totals: RollupValues
    package var points: [SeriesPoint]

    package init(value: String, totals: RollupValues, points: [SeriesPoint]) {
        self.value = value
        self.totals = totals
        self.points = points
    }
}

/// One bucket.
package struct SeriesPoint: Sendable, Equatable {
    /// The bucket's start.
    package var at: UnixMicroseconds
    package var values: RollupValues

    package init(at: UnixMicroseconds, values: RollupValues) {
        self.at = at
        self.values = values
    }
}

/// Additive figures of a set of calls.
///
/// Adding is associative and commutative, so batches and buckets merge in any order.
package struct RollupValues: Sendable, Equatable {
    package var calls: Int64 = 0
    /// Calls that ended in `error`.
    package var errors: Int64 = 0
    package var cancelled: Int64 = 0
    package var inputTokens: Int64 = 0
    package var cachedTokens: Int64 = 0
    package var outputTokens: Int64 = 0
    package var cost = Money.zero
    /// Calls without a known price: the cost leaves them out.
    package var unpriced: Int64 = 0
    /// What the answer cache saved.
    package var savedCost = Money.zero
    /// Whole duration, microseconds.
    package var latency = LatencyHistogram()
    /// Time to first token of streamed calls, microseconds.
    package var firstToken = LatencyHistogram()

    package init() {}

    /// The figures of one call.
    package init(_ span: SpanRecord) {
        calls = 1
        errors = span.outcome == .error ? 1 : 0
        cancelled = span.outcome == .cancelled ? 1 : 0
        inputTokens = span.usage.totalInput
        cachedTokens = span.usage.cacheRead
        outputTokens = span.usage.totalOutput
        cost = span.receipt?.total ?? .zero
        unpriced = span.receipt == nil ? 1 : 0
        savedCost = span.savedCost ?? .zero
        latency.record(span.timing.endedAfter)
        if let first = span.timing.firstTokenAfter { firstToken.record(first) }
    }

    /// Adds the figures of other calls, histograms included.
    package mutating func add(_ other: RollupValues) {
        calls += other.calls
        errors += other.errors
        cancelled += other.cancelled
        inputTokens += other.inputTokens
        cachedTokens += other.cachedTokens
        outputTokens += other.outputTokens
        cost += other.cost
        unpriced += other.unpriced
        savedCost += other.savedCost
        latency.merge(other.latency)
        firstToken.merge(other.firstToken)
    }
}
