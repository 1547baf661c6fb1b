/// The columns of the two halves of a span, in the order they are bound and read.
enum SpanColumns {
    static let slim = [
        "project", "id", "seq", "started_at", "duration", "first_token", "cost", "outcome", "http_status", "streamed",
        "environment", "key", "operation", "dialect", "provider", "model", "error_code",
        "trace", "user", "session", "feature", "tags",
        "team", "customer", "route", "cache", "saved_cost", "fallback_index",
    ]

    static let details = [
        "seq", "span_id", "parent_span_id", "endpoint", "upstream_model", "response_model", "finish_reason",
        "attempts", "admitted", "connected", "first_byte",
        "uncached_input", "cache_read", "cache_write_5m", "cache_write_1h", "audio_input", "image_input",
        "output_text", "reasoning", "audio_output", "server_tool_calls", "usage_source",
        "price_version", "price_source", "truncated", "input_preview", "output_preview", "error_message", "metadata",
        "receipt", "input", "output", "organisation", "cache_source", "charges", "parameter_changes", "decision",
    ]

    /// The last eight details, which only a single span's page needs.
    static let bodies = 8

    static let insertSlim = insert(into: "spans", slim, orIgnore: true)
    static let insertDetails = insert(into: "span_details", details, orIgnore: false)

    /// The select list of a span (`s` is `spans`, `d` is `span_details`), without project and the sequence numbers,
    /// and without the bodies unless they are wanted.
    static func selection(bodies wanted: Bool) -> String {
        let first = slim.filter { $0 != "project" && $0 != "seq" }.map { "s.\($0)" }
        let second = details.dropFirst().dropLast(wanted ? 0 : bodies).map { "d.\($0)" }
        return (first + second).joined(separator: ", ")
    }

    private static func insert(into table: String, _ columns: [String], orIgnore: Bool) -> String {
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let verb = orIgnore ? "INSERT OR IGNORE" : "INSERT"
        return "\(verb) INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
    }
}
