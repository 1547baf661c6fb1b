/// Which summary to make. What is `nil` is the server's choice.
public struct SummaryQuery: Sendable, Equatable {
    /// The length of one point.
    public enum Interval: String, Sendable, CaseIterable {
        /// For ranges of hours.
        case minute
        /// For ranges of days.
        case hour
        /// In UTC.
        case day
    }

    /// What to group by.
    public enum Grouping: String, Sendable, CaseIterable {
        /// Not at all: one group.
        case total
        /// By the model as callers name it.
        case model
        /// By provider.
        case provider
        /// By the key that made the call.
        case key
        /// By the end user that callers name.
        case user
        /// By the feature that callers name.
        case feature
        /// By tag; a call with two tags counts in two groups.
        case tag
        /// By error code.
        case error
        /// By team.
        case team
        /// By end customer.
        case customer
        /// By route.
        case route
        /// By what the answer cache did.
        case cache
    }

    /// The start: RFC 3339, or milliseconds since 1970.
    public var from: String?
    /// The end, written like `from`.
    public var to: String?
    /// The length of one point.
    public var interval: Interval?
    /// What to group by.
    public var groupBy: Grouping?
    /// Only this environment.
    public var environment: String?
    /// How many groups.
    public var limit: Int?

    /// A query for the given range and grouping.
    public init(from: String? = nil, to: String? = nil, interval: Interval? = nil, groupBy: Grouping? = nil) {
        self.from = from
        self.to = to
        self.interval = interval
        self.groupBy = groupBy
    }

    /// The query as parameters.
    var query: [QueryItem] {
        let items: [(String, String?)] = [
            ("from", from), ("to", to), ("interval", interval?.rawValue), ("group_by", groupBy?.rawValue),
            ("environment", environment), ("limit", limit.map { String($0) }),
        ]
        return items.compactMap { name, value in value.map { QueryItem(name, $0) } }
    }
}
