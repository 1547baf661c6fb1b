import GRDB

/// The schema of `events.sqlite`, as named steps that are never edited once released.
enum EventSchema {
    static var migrator: DatabaseMigrator {
        // No table has foreign keys: checking them would scan the whole store at a migration.
        var migrator = DatabaseMigrator().disablingDeferredForeignKeyChecks()
        migrator.registerMigration("0001-spans") { try $0.execute(sql: spans) }
        migrator.registerMigration("0002-contents") { try $0.execute(sql: contents) }
        migrator.registerMigration("0003-rollups") { try $0.execute(sql: rollups) }
        migrator.registerMigration("0004-progress") { try $0.execute(sql: progress) }
        migrator.registerMigration("0005-serving") { try $0.execute(sql: serving) }
        migrator.registerMigration("0006-ledger") { try $0.execute(sql: ledger) }
        return migrator
    }

    /// Two halves of one wide row. `spans` holds what lists filter by, clustered by (project, id), so that it *is*
    /// the index that every list walks: about 100 bytes a span, no overflow pages. `span_details` holds the rest and
    /// is appended to; `seq` joins them. One wide table with a unique index on the id would cost the same two tree
    /// insertions and make each filter without an index read seven times the pages.
    ///
    /// Traces and sessions are random values, and a random place in a large tree is a page of its own to write for
    /// every span. Their indexes are therefore cut into runs of 16,384 spans (`seq >> 14`, see `SpanRuns`): only the
    /// newest run is written, some 230 pages that stay in the cache, and a lookup probes each run once.
    private static let spans = """
        CREATE TABLE names (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE) STRICT;

        CREATE TABLE spans (
            project INTEGER NOT NULL, id BLOB NOT NULL, seq INTEGER NOT NULL,
            started_at INTEGER NOT NULL, duration INTEGER NOT NULL, first_token INTEGER, cost INTEGER,
            outcome INTEGER NOT NULL, http_status INTEGER NOT NULL, streamed INTEGER NOT NULL,
            environment INTEGER NOT NULL, key INTEGER NOT NULL, operation INTEGER NOT NULL,
            dialect INTEGER NOT NULL, provider INTEGER NOT NULL, model INTEGER NOT NULL, error_code INTEGER,
            trace BLOB, user TEXT, session TEXT, feature TEXT, tags TEXT,
            PRIMARY KEY (project, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX spans_by_user ON spans (project, user, id) WHERE user IS NOT NULL;
        CREATE INDEX spans_by_session ON spans (project, seq >> 14, session, id) WHERE session IS NOT NULL;
        CREATE INDEX spans_by_trace ON spans (project, seq >> 14, trace, id) WHERE trace IS NOT NULL;
        CREATE INDEX spans_by_outcome ON spans (project, outcome, id) WHERE outcome <> 0;
        CREATE INDEX spans_by_error ON spans (project, error_code, id) WHERE error_code IS NOT NULL;

        CREATE TABLE span_details (
            seq INTEGER PRIMARY KEY,
            span_id INTEGER NOT NULL, parent_span_id INTEGER, endpoint ANY NOT NULL,
            upstream_model INTEGER NOT NULL, response_model INTEGER, finish_reason INTEGER,
            attempts INTEGER NOT NULL, admitted INTEGER NOT NULL, connected INTEGER, first_byte INTEGER,
            uncached_input INTEGER NOT NULL, cache_read INTEGER NOT NULL, cache_write_5m INTEGER NOT NULL,
            cache_write_1h INTEGER NOT NULL, audio_input INTEGER NOT NULL, image_input INTEGER NOT NULL,
            output_text INTEGER NOT NULL, reasoning INTEGER NOT NULL, audio_output INTEGER NOT NULL,
            server_tool_calls INTEGER NOT NULL, usage_source INTEGER NOT NULL,
            price_version INTEGER, price_source INTEGER, truncated INTEGER NOT NULL,
            input_preview TEXT NOT NULL, output_preview TEXT NOT NULL, error_message TEXT, metadata BLOB,
            receipt BLOB, input BLOB, output BLOB
        ) STRICT;
        """

    /// Bodies are appended; only the small index entries (about 25 bytes) land at random places.
    private static let contents = """
        CREATE TABLE content_index (
            project INTEGER NOT NULL, hash BLOB NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (project, hash)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE contents (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        """

    /// `grain` and `dimension` are `RollupCode`s; the key's order makes one series one contiguous range.
    private static let rollups = """
        CREATE TABLE rollups (
            project INTEGER NOT NULL, grain INTEGER NOT NULL, dimension INTEGER NOT NULL, bucket INTEGER NOT NULL,
            value TEXT NOT NULL, environment INTEGER NOT NULL,
            calls INTEGER NOT NULL, errors INTEGER NOT NULL, cancelled INTEGER NOT NULL,
            input_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL,
            cost INTEGER NOT NULL, unpriced INTEGER NOT NULL, latency BLOB NOT NULL, first_token BLOB NOT NULL,
            PRIMARY KEY (project, grain, dimension, bucket, value, environment)
        ) STRICT, WITHOUT ROWID;
        """

    /// Counters are kept by the batch's transaction, so that a health page never counts rows.
    private static let progress = """
        CREATE TABLE journal_positions (segment TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE counters (
            id INTEGER PRIMARY KEY CHECK (id = 1), spans INTEGER NOT NULL, contents INTEGER NOT NULL,
            ids_are_times INTEGER NOT NULL
        ) STRICT;
        INSERT INTO counters VALUES (1, 0, 0, 1);
        """

    /// For whom a call was and how routing and cache served it. What lists show or filter by stands in `spans`; the
    /// rest is read for one span alone, `decision` last because it is the largest. Columns that are added are NULL in
    /// older rows and rewrite none of them; only the new index reads all of `spans`, once.
    private static let serving = """
        ALTER TABLE spans ADD COLUMN team INTEGER;
        ALTER TABLE spans ADD COLUMN customer TEXT;
        ALTER TABLE spans ADD COLUMN route INTEGER;
        ALTER TABLE spans ADD COLUMN cache INTEGER;
        ALTER TABLE spans ADD COLUMN saved_cost INTEGER;
        ALTER TABLE spans ADD COLUMN fallback_index INTEGER;
        CREATE INDEX spans_by_customer ON spans (project, customer, id) WHERE customer IS NOT NULL;

        ALTER TABLE span_details ADD COLUMN organisation INTEGER;
        ALTER TABLE span_details ADD COLUMN cache_source BLOB;
        ALTER TABLE span_details ADD COLUMN charges BLOB;
        ALTER TABLE span_details ADD COLUMN parameter_changes BLOB;
        ALTER TABLE span_details ADD COLUMN decision BLOB;

        ALTER TABLE rollups ADD COLUMN saved_cost INTEGER NOT NULL DEFAULT 0;
        """

    /// What each budget's windows have used. `subject_kind` is a `SubjectCode`. The order of the key makes the windows
    /// of one rule one range; the index finds those that are still open.
    private static let ledger = """
        CREATE TABLE ledger_sums (
            subject_kind INTEGER NOT NULL, subject_id TEXT NOT NULL, rule TEXT NOT NULL,
            window_start INTEGER NOT NULL, amount INTEGER NOT NULL,
            PRIMARY KEY (subject_kind, subject_id, rule, window_start)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX ledger_sums_by_window ON ledger_sums (window_start);
        """
}
