import GRDB

/// The schema of `records.sqlite`, as named steps that are never edited once released.
enum RecordSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator().disablingDeferredForeignKeyChecks()
        migrator.registerMigration("0001-keys") { try $0.execute(sql: keys) }
        migrator.registerMigration("0002-settings") { try $0.execute(sql: settings) }
        return migrator
    }

    /// `allowed_models` is a compact list of names (`CompactWriter`). Times are microseconds since the epoch.
    private static let keys = """
        CREATE TABLE keys (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, secret_hash BLOB NOT NULL UNIQUE, hint TEXT NOT NULL,
            project TEXT NOT NULL, environment TEXT NOT NULL, role TEXT NOT NULL, created_at INTEGER NOT NULL,
            expires_at INTEGER, revoked_at INTEGER, allowed_models BLOB NOT NULL
        ) STRICT;
        """

    private static let settings = """
        CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
        """
}
