import GRDB

/// The schema of `records.sqlite`, as named steps that are never edited once released.
enum RecordSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator().disablingDeferredForeignKeyChecks()
        migrator.registerMigration("0001-keys") { try $0.execute(sql: keys) }
        migrator.registerMigration("0002-settings") { try $0.execute(sql: settings) }
        migrator.registerMigration("0003-grants") { try $0.execute(sql: grants) }
        migrator.registerMigration("0004-subjects") { try $0.execute(sql: subjects) }
        migrator.registerMigration("0005-versions") { try $0.execute(sql: versions) }
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

    /// What a key was given beyond its name and role, as JSON (`GrantsJSON`): nothing of it is searched in SQL.
    private static let grants = """
        ALTER TABLE keys ADD COLUMN grants TEXT NOT NULL DEFAULT '{}';
        """

    /// Organisations, projects, teams, users and customers; `grants` as in `keys`.
    private static let subjects = """
        CREATE TABLE subjects (
            kind TEXT NOT NULL, project TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, parent TEXT,
            created_at INTEGER NOT NULL, grants TEXT NOT NULL, PRIMARY KEY (kind, project, id)
        ) STRICT, WITHOUT ROWID;
        """

    /// What people decided, in numbered versions, and every move of the pointers that say which one counts: a pointer
    /// stands where its newest move (the highest `seq`) left it, and at nothing where `number` is NULL.
    private static let versions = """
        CREATE TABLE versions (
            kind TEXT NOT NULL, project TEXT NOT NULL, path TEXT NOT NULL, number INTEGER NOT NULL, hash TEXT NOT NULL,
            parent INTEGER, author TEXT NOT NULL, message TEXT NOT NULL, created_at INTEGER NOT NULL,
            body BLOB NOT NULL, PRIMARY KEY (kind, project, path, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE pointer_moves (
            seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, project TEXT NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL,
            number INTEGER, author TEXT NOT NULL, moved_at INTEGER NOT NULL, note TEXT NOT NULL
        ) STRICT;
        CREATE INDEX pointer_moves_by_place ON pointer_moves (kind, project, path, name, seq);
        """

    private static let settings = """
        CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
        """
}
