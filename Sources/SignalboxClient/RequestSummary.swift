/// A recorded call, without its content.
public struct RequestSummary: Codable, Sendable, Equatable, Identifiable {
    /// The id, as in the `x-signalbox-request-id` header of the answer.
    public var id: String
    /// When the call began, RFC 3339 in UTC.
    public var startedAt: String
    /// For example `production`.
    public var environment: String
    /// For example `chat`, `messages`, `embeddings`.
    public var operation: String
    /// `openai` or `anthropic`.
    public var dialect: String
    /// The path as the caller sent it.
    public var endpoint: String
    /// The provider's name; empty where none was chosen.
    public var provider: String
    /// The model name as the caller wrote it.
    public var model: String
    /// The model name sent to the provider.
    public var upstreamModel: String?
    /// The model name that the provider says answered.
    public var responseModel: String?
    /// Whether the answer was streamed.
    public var streamed: Bool
    /// `ok`, `error` or `cancelled`.
    public var status: String
    /// The HTTP status the caller received; 499 where it left first.
    public var httpStatus: Int
    /// A stable code; `nil` when all went well.
    public var errorCode: String?
    /// What went wrong, for people.
    public var errorMessage: String?
    /// Why the model stopped, in the provider's word.
    public var finishReason: String?
    /// How often an upstream was tried.
    public var attempts: Int
    /// The route that the model resolved to.
    public var route: String?
    /// The place of the target that answered in the route's chain: 0 is the first choice.
    public var fallbackIndex: Int?
    /// What the answer cache did, for example `hit` or `miss`; `nil` where none is set up.
    public var cache: String?
    /// The team that the call counts for.
    public var team: String?
    /// The end customer that it was made for.
    public var customer: String?
    /// The end user that the caller named.
    public var user: String?
    /// The caller's session.
    public var session: String?
    /// The caller's feature.
    public var feature: String?
    /// The caller's tags.
    public var tags: [String]
    /// The caller's own pairs.
    public var metadata: [String: JSONValue]
    /// The id of the key that made the call.
    public var keyID: String?
    /// The W3C trace id, 32 hexadecimal digits.
    public var traceID: String?
    /// This call's span id, 16 hexadecimal digits.
    public var spanID: String?
    /// The caller's span id.
    public var parentSpanID: String?
    /// How long the call took, in milliseconds.
    public var durationMS: Double
    /// How long until the first content token of a stream, in milliseconds.
    public var timeToFirstTokenMS: Double?
    /// Tokens, by what they are charged as.
    public var usage: Usage
    /// What it cost in nano-dollars (10^-9 USD); `nil` where no price is known.
    public var costNanodollars: Int64?
    /// What it would have cost without the cache.
    public var savedNanodollars: Int64?
    /// The start of the last user message.
    public var inputPreview: String
    /// The start of the answer.
    public var outputPreview: String

    enum CodingKeys: String, CodingKey {
        case id, environment, operation, dialect, endpoint, provider, model, streamed, status, attempts, user, session
        case feature, tags, metadata, usage, route, cache, team, customer
        case fallbackIndex = "fallback_index"
        case savedNanodollars = "saved_nanodollars"
        case startedAt = "started_at"
        case upstreamModel = "upstream_model"
        case responseModel = "response_model"
        case httpStatus = "http_status"
        case errorCode = "error_code"
        case errorMessage = "error_message"
        case finishReason = "finish_reason"
        case keyID = "key_id"
        case traceID = "trace_id"
        case spanID = "span_id"
        case parentSpanID = "parent_span_id"
        case durationMS = "duration_ms"
        case timeToFirstTokenMS = "time_to_first_token_ms"
        case costNanodollars = "cost_nanodollars"
        case inputPreview = "input_preview"
        case outputPreview = "output_preview"
    }
}
