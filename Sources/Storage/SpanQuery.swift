package import Vocabulary

/// Which spans are meant. Every set field must match; `nil` means "any".
package struct SpanFilter: Sendable, Equatable {
    package var project: ProjectID
    package var environment: EnvironmentName?
    /// Inclusive lower bound of the start time.
    package var from: UnixMicroseconds?
    /// Exclusive upper bound of the start time.
    package var to: UnixMicroseconds?
    package var user: String?
    package var session: String?
    package var feature: String?
    package var tag: String?
    /// Matches the model as requested.
    package var model: String?
    package var provider: String?
    package var keyID: String?
    package var team: String?
    package var customer: String?
    package var route: String?
    package var cache: CacheVerdict?
    package var operation: Operation?
    package var outcome: CallOutcome?
    package var httpStatus: Int?
    package var errorCode: String?
    package var streamed: Bool?
    package var traceID: TraceID?
    /// At least this much, in nano-dollars.
    package var minimumCost: Money?
    /// At least this long, in microseconds.
    package var minimumDuration: Microseconds?

    package init(project: ProjectID) { self.project = project }
}

/// A page of spans: what to match, in which direction, and from where.
package struct SpanQuery: Sendable, Equatable {
    package var filter: SpanFilter
    /// 1...1000.
    package var limit: Int
    /// Newest first when true.
    package var descending: Bool
    /// The id of the last span of the previous page; ids are UUIDv7, so they are the time order.
    package var after: RequestID?

    package init(filter: SpanFilter, limit: Int = 50, descending: Bool = true, after: RequestID? = nil) {
        self.filter = filter
        self.limit = limit
        self.descending = descending
        self.after = after
    }
}

/// One page of spans. Body manifests and receipts are left empty: fetch one span for those.
package struct SpanPage: Sendable, Equatable {
    package var spans: [SpanSummary]
    /// Pass as `SpanQuery.after` for the next page; `nil` at the end.
    package var next: RequestID?

    package init(spans: [SpanSummary], next: RequestID?) {
        self.spans = spans
        self.next = next
    }
}

/// The slim half of a span: what a list shows.
///
/// Not filled are `span.receipt`, `input`, `output`, `organisation`, `decision`, `parameterChanges`, `cacheSource` and
/// `charges`.
package struct SpanSummary: Sendable, Equatable {
    package var span: SpanRecord
    /// The receipt's total; `nil` where the model has no price.
    package var cost: Money?

    package init(span: SpanRecord, cost: Money?) {
        self.span = span
        self.cost = cost
    }
}
