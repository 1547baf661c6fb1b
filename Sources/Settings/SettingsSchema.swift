/// The one table of keys. It drives reading the file, the names of environment variables, the hints in errors, the
/// reference page and the tests that hold all of them together.
package enum SettingsSchema {
    /// The keys at the top of the file.
    static let fields: [Field<Settings>] = {
        let new = Settings()
        return [
            .value("listen", \.listen, .address, of: new, "Where the server listens."),
            .value(
                "data", \.data, .text("path"), of: new,
                "Folder of the embedded store and the journal, relative to the working directory."),
            .value("log_level", \.logLevel, .choice, of: new, "What is worth a log line, least first."),
            .value(
                "project", \.project, .identifier, of: new, "Project that records and new keys belong to."),
            .value(
                "environment", \.environment, .identifier, of: new,
                "Environment of records where key and request name none: `dev`, `staging`, `production` or your own."),
            .section("limits", \.limits, limits, "What one request, one connection and the server may take."),
            .section("timeouts", \.timeouts, timeouts, "How long each wait may last."),
            .value(
                "client_leaves", \.clientLeaves, .choice, of: new,
                "When the caller leaves early: cancel the upstream call (`abort`) or read it to its end (`drain`)."),
            .value(
                "client_half_close", \.clientHalfClose, .choice, of: new,
                "Whether a caller that closes only its sending side has left (`abort`) or still reads (`serve`)."),
            .section("journal", \.journal, journal, "How answered requests survive a crash."),
            .section("cache", \.cache, cache, "Answers that are given again; nothing is unless a route or call asks."),
            .list("providers", \.providers, providers, of: Settings.Provider(), "The upstreams."),
            .list("models", \.models, models, of: Settings.Model(), "The model names that callers use."),
            routes,
            .value(
                "parameters", \.parameters, .choice, of: new,
                "What a target can't take: `strict` refuses, `warn` leaves it out and says so, `drop` leaves it out."
            ),
            .list(
                "prices", \.prices, prices, of: Settings.Price(),
                "Prices that win over imported files and the built-in catalogue, in dollars per million units."),
            .list(
                "prices_import", \.pricesImport, priceImports, of: Settings.PriceImport(),
                "Published price files to read at start; they win over the built-in catalogue."),
        ]
    }()

    private static let limits: [Field<Settings.Limits>] = {
        let new = Settings.Limits()
        // Upper ends: what one process can still hold, not what anybody needs.
        return [
            .value("body_bytes", \.bodyBytes, .size(1024...(1 << 30)), of: new, "A request body; above it 413."),
            .value(
                "header_bytes", \.headerBytes, .size(1024...(1 << 20)), of: new,
                "All header lines of a request together; above it 431."),
            .value(
                "header_count", \.headerCount, .count(8...10_000), of: new, "Header lines of a request; above it 431."),
            .value("json_depth", \.jsonDepth, .count(8...1024), of: new, "Nesting of a JSON body; above it 400."),
            .value(
                "event_bytes", \.eventBytes, .size(4096...(256 << 20)), of: new,
                "One server-sent event of an upstream; above it the call ends with an error."),
            .value(
                "recorded_body_bytes", \.recordedBodyBytes, .size(0...(64 << 20)), of: new,
                "How much of each body is recorded; the rest is cut and the record says so."),
            .value(
                "connections", \.connections, .count(1...1_000_000), of: new,
                "Open client connections; above it new ones wait."),
            .value(
                "requests_in_flight", \.requestsInFlight, .count(1...1_000_000), of: new,
                "Requests being worked on; above it a request waits for `admission_wait`, then gets 503."),
            .value(
                "admission_wait", \.admissionWait, .duration(atLeast: .zero), of: new,
                "How long a request waits for its turn; `0` refuses at once."),
        ]
    }()

    private static let timeouts: [Field<Settings.Timeouts>] = {
        let new = Settings.Timeouts()
        return [
            .value("connect", \.connect, .duration(), of: new, "Opening a connection to an upstream, TLS included."),
            .value(
                "first_byte", \.firstByte, .duration(), of: new,
                "From the request's last byte to the upstream's first. Reasoning models think for minutes."),
            .value("idle", \.idle, .duration(), of: new, "Between two reads of an upstream's answer."),
            .value("total", \.total, .duration(), of: new, "The whole call to an upstream."),
            .value(
                "request_header", \.requestHeader, .duration(), of: new,
                "From a request's first byte to the end of its headers; above it 408."),
            .value(
                "request_body", \.requestBody, .duration(), of: new,
                "From the end of the headers to the body's last byte; above it 408."),
            .value(
                "client_stall", \.clientStall, .duration(), of: new,
                "How long a caller may read nothing while an answer waits for it; then its connection is closed."),
            .value("keep_alive", \.keepAlive, .duration(), of: new, "How long an idle client connection stays open."),
            .value(
                "shutdown", \.shutdown, .duration(atLeast: .zero), of: new,
                "How long open requests may take to finish when the server stops; then they are ended."),
        ]
    }()

    private static let journal: [Field<Settings.Journal>] = {
        let new = Settings.Journal()
        return [
            .value(
                "fsync_interval", \.fsyncInterval, .duration(), of: new,
                "The longest a write stays unsynced: what a power loss can take. A crash of the server takes nothing."),
            .value(
                "maximum_bytes", \.maximumBytes, .size((4 << 20)...(64 << 30)), of: new,
                "Backlog at which intake slows down to the store's pace."),
            .value(
                "segment_bytes", \.segmentBytes, .size((1 << 20)...(1 << 30)), of: new,
                "Size of one journal file; at most half of `maximum_bytes`."),
        ]
    }()
}
