import Storage
import Vocabulary

/// The stretch of time and the width of its buckets that a summary is asked for.
struct SummaryRange: Sendable, Equatable {
    /// The beginning of the first bucket.
    var from: UnixMicroseconds
    /// Exclusive.
    var to: UnixMicroseconds
    var interval: RollupGrain

    /// Most buckets in one answer: more than a screen has pixels; with 1000 groups the answer stays bounded.
    static let maximumBuckets: Int64 = 2_000

    /// Fills in what is missing: up to now, the last 24 hours, and an interval that suits the length.
    ///
    /// - Throws: if the range is empty or has too many buckets.
    init(
        from: UnixMicroseconds?, to: UnixMicroseconds?, interval: RollupGrain?, now: UnixMicroseconds
    ) throws(APIError) {
        let end = to ?? max(now, (from ?? .min) + 1)
        let start = from ?? (end - RollupGrain.day.width)
        guard start < end else { throw .invalidParameter("from", expected: "before `to`") }
        let grain = interval ?? Self.suitableInterval(for: end - start)
        let remainder = start % grain.width
        self.from = start - (remainder < 0 ? remainder + grain.width : remainder)
        self.to = end
        self.interval = grain
        let buckets = (end - self.from + grain.width - 1) / grain.width
        guard buckets <= Self.maximumBuckets else {
            throw .invalidParameter(
                "interval",
                expected: "wide enough for at most \(Self.maximumBuckets) buckets; this range has \(buckets). "
                    + "Take a wider interval or a shorter range"
            )
        }
    }

    /// Minutes up to 6 hours (360 points), hours up to 14 days (336 points), then days.
    private static func suitableInterval(for length: Microseconds) -> RollupGrain {
        if length <= 6 * RollupGrain.hour.width { return .minute }
        return length <= 14 * RollupGrain.day.width ? .hour : .day
    }
}
