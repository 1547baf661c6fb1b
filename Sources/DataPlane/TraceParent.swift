import Vocabulary

/// The caller's place in a trace, as W3C Trace Context (level 1, section 3.2) writes it.
struct TraceParent: Equatable {
    var traceID: TraceID
    var spanID: SpanID

    /// Reads `00-<32 hex>-<16 hex>-<2 hex>`. `nil` for anything else, all zeros included: a broken header starts no
    /// trace, as the recommendation says.
    init?(_ header: String) {
        let parts = header.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, parts[0].count == 2, parts[0] != "ff", parts[1].utf8.count == 32,
            parts[2].utf8.count == 16, let trace = TraceID(hex: parts[1]), let span = UInt64(parts[2], radix: 16),
            trace != TraceID(high: 0, low: 0), span != 0
        else { return nil }
        traceID = trace
        spanID = span
    }
}
