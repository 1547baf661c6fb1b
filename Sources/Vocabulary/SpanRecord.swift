/// One call, as one wide immutable row. Everything a list, a filter or a chart needs stands on it.
package struct SpanRecord: Sendable, Equatable {
    // Identity
    package var id: RequestID
    package var project: ProjectID
    package var environment: EnvironmentName
    /// The id (never the secret) of the key that made the call.
    package var keyID: String
    package var traceID: TraceID?
    package var spanID: SpanID
    package var parentSpanID: SpanID?

    // For whom
    /// The organisation, team and end customer that the call counts for, where it has them.
    package var organisation: String?
    package var team: String?
    package var customer: String?

    // What was asked
    package var operation: Operation
    package var dialect: Dialect
    /// The path as the caller sent it, without the query.
    package var endpoint: String
    /// The model name as the caller wrote it.
    package var requestModel: String
    package var provider: String
    /// The model name sent to the provider.
    package var upstreamModel: String
    /// The model name that the provider says answered.
    package var responseModel: String?
    package var streamed: Bool
    package var user: String?
    package var session: String?
    package var feature: String?
    package var tags: [String]
    /// The caller's own key-value pairs, in the order they came.
    package var metadata: [MetadataPair]

    // What happened
    package var outcome: CallOutcome
    /// The HTTP status the caller received (499 where the caller left first).
    package var httpStatus: Int
    /// A stable code, for example `upstream_timeout`; `nil` when all went well.
    package var errorCode: String?
    package var errorMessage: String?
    package var finishReason: String?
    /// How many times an upstream was tried, 0 where none was.
    package var attempts: Int
    package var timing: CallTiming

    // How it was served
    /// The name of the route that the model resolved to.
    package var route: String?
    /// The place of the target that answered in the route's fallback chain: 0 is the first choice.
    package var fallbackIndex: Int
    /// Why this target: compact JSON, empty for none, at most `maximumDecisionBytes`. Not part of lists.
    package var decision: [UInt8]
    /// What the target could not take as the caller wrote it. Not part of lists.
    package var parameterChanges: [ParameterChange]
    /// `nil` where no cache is set up for the call.
    package var cache: CacheVerdict?
    /// The call whose stored answer was given, or whose answer was shared. Not part of lists.
    package var cacheSource: RequestID?
    /// What the call would have cost without the cache.
    package var savedCost: Money?

    // What it used
    package var usage: TokenUsage
    package var usageSource: UsageSource
    /// `nil` where no price is known for the model.
    package var receipt: Receipt?
    /// What the call added to each budget that it counts for. Not part of lists.
    package var charges: [LedgerCharge]

    // What was said
    /// The start of the last user message, at most 200 characters.
    package var inputPreview: String
    /// The start of the answer, at most 200 characters.
    package var outputPreview: String
    package var input: BodyManifest
    package var output: BodyManifest
    /// True where a body was longer than the recording limit and was cut.
    package var truncated: Bool

    /// The most bytes of `decision`: the reasons of some hundred candidates fit.
    package static let maximumDecisionBytes = 65_536

    package init(id: RequestID, project: ProjectID, environment: EnvironmentName, keyID: String) {
        self.id = id
        self.project = project
        self.environment = environment
        self.keyID = keyID
        traceID = nil
        spanID = 0
        parentSpanID = nil
        organisation = nil
        team = nil
        customer = nil
        operation = .chat
        dialect = .openai
        endpoint = ""
        requestModel = ""
        provider = ""
        upstreamModel = ""
        responseModel = nil
        streamed = false
        user = nil
        session = nil
        feature = nil
        tags = []
        metadata = []
        outcome = .ok
        httpStatus = 0
        errorCode = nil
        errorMessage = nil
        finishReason = nil
        attempts = 0
        timing = CallTiming()
        route = nil
        fallbackIndex = 0
        decision = []
        parameterChanges = []
        cache = nil
        cacheSource = nil
        savedCost = nil
        usage = TokenUsage()
        usageSource = .none
        receipt = nil
        charges = []
        inputPreview = ""
        outputPreview = ""
        input = BodyManifest()
        output = BodyManifest()
        truncated = false
    }
}

/// One key and its value, both as the caller wrote them.
package struct MetadataPair: Hashable, Sendable {
    package var key: String
    package var value: String

    package init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}

/// When things happened. Offsets are microseconds after `startedAt`, measured with a monotonic clock.
package struct CallTiming: Hashable, Sendable {
    /// When the request's head arrived.
    package var startedAt: UnixMicroseconds = 0
    /// When the request was complete, checked and ready to go upstream.
    package var admittedAfter: Microseconds = 0
    /// When a connection to the upstream was ready; `nil` where none was made.
    package var connectedAfter: Microseconds?
    /// When the first byte of the upstream's answer arrived.
    package var firstByteAfter: Microseconds?
    /// When the first content token of a stream arrived (time to first token); `nil` for calls that do not stream.
    package var firstTokenAfter: Microseconds?
    /// When the answer was complete.
    package var endedAfter: Microseconds = 0

    package init() {}
}
