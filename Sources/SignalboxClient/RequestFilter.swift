/// Which recorded requests to list or follow. What is `nil` filters nothing.
public struct RequestFilter: Sendable, Equatable {
    /// How a call ended, from the caller's point of view.
    public enum Status: String, Sendable, CaseIterable {
        /// The caller received a complete, successful answer.
        case ok
        /// It received an error, or a stream that broke.
        case error
        /// It left before the answer was complete.
        case cancelled
    }

    /// The end user that the caller named.
    public var user: String?
    /// The caller's session.
    public var session: String?
    /// The caller's feature.
    public var feature: String?
    /// One of the caller's tags.
    public var tag: String?
    /// The model name as the caller wrote it.
    public var model: String?
    /// The provider's name.
    public var provider: String?
    /// The id of the key that made the call.
    public var key: String?
    /// For example `chat` or `embeddings`.
    public var operation: String?
    /// How the call ended.
    public var status: Status?
    /// The HTTP status that the caller received.
    public var httpStatus: Int?
    /// A stable error code.
    public var errorCode: String?
    /// Whether the answer was streamed.
    public var streamed: Bool?
    /// A W3C trace id, 32 hexadecimal digits.
    public var trace: String?
    /// The team that the call counts for.
    public var team: String?
    /// The end customer that it was made for.
    public var customer: String?
    /// The route that the model resolved to.
    public var route: String?
    /// What the answer cache did, for example `hit` or `miss`.
    public var cache: String?
    /// The environment, for example `production`.
    public var environment: String?
    /// The earliest start: RFC 3339, or milliseconds since 1970.
    public var from: String?
    /// The end of the time range (not included), written like `from`.
    public var to: String?
    /// Only calls that cost at least this much, in nano-dollars.
    public var minimumCostNanodollars: Int64?
    /// Only calls that took at least this long, in milliseconds.
    public var minimumDurationMS: Double?
    /// How many to give at once, 1 to 1000.
    public var limit: Int?
    /// Where to go on: the `nextCursor` of the page before.
    public var cursor: String?
    /// Also count all that match.
    public var count: Bool
    /// Oldest first instead of newest first.
    public var oldestFirst: Bool

    /// A filter for the commonest wishes; the rest are properties.
    public init(
        user: String? = nil, model: String? = nil, status: Status? = nil, limit: Int? = nil, cursor: String? = nil,
        count: Bool = false
    ) {
        self.user = user
        self.model = model
        self.status = status
        self.limit = limit
        self.cursor = cursor
        self.count = count
        oldestFirst = false
    }

    /// The filter as parameters; `paging` adds limit, cursor, order and count, which a live tail doesn't take.
    package func query(paging: Bool) -> [QueryItem] {
        let texts: [(String, String?)] = [
            ("user", user), ("session", session), ("feature", feature), ("tag", tag), ("model", model),
            ("provider", provider), ("key", key), ("operation", operation), ("status", status?.rawValue),
            ("http_status", httpStatus.map { String($0) }), ("error_code", errorCode),
            ("streamed", streamed.map { String($0) }), ("trace", trace), ("environment", environment),
            ("from", from), ("to", to), ("min_cost_nanodollars", minimumCostNanodollars.map { String($0) }),
            ("min_duration_ms", minimumDurationMS.map { "\($0)" }),
            ("team", team), ("customer", customer), ("route", route), ("cache", cache),
        ]
        let pages: [(String, String?)] = [
            ("limit", limit.map { String($0) }), ("cursor", cursor), ("order", oldestFirst ? "asc" : nil),
            ("count", count ? "true" : nil),
        ]
        return (paging ? texts + pages : texts).compactMap { name, value in value.map { QueryItem(name, $0) } }
    }
}
