package import Storage
package import Vocabulary

/// What `/api/v1/status` shows.
package struct SystemStatus: Sendable, Equatable {
    package var version: String
    package var startedAt: UnixMicroseconds
    /// By the monotonic clock, so that setting the system's clock does not bend it.
    package var uptimeSeconds: Int
    /// The environment that keys get at start and that requests have if nothing else is said.
    package var environment: EnvironmentName
    package var store: EventStoreStatistics
    package var journal: JournalStatus
    /// Requests of the data plane that are being answered now.
    package var openRequests: Int
    package var providers: [ProviderStatus]

    package init(
        version: String, startedAt: UnixMicroseconds, uptimeSeconds: Int, environment: EnvironmentName,
        store: EventStoreStatistics, journal: JournalStatus, openRequests: Int, providers: [ProviderStatus]
    ) {
        self.version = version
        self.startedAt = startedAt
        self.uptimeSeconds = uptimeSeconds
        self.environment = environment
        self.store = store
        self.journal = journal
        self.openRequests = openRequests
        self.providers = providers
    }
}

/// How far the store is behind the journal.
package struct JournalStatus: Sendable, Equatable {
    /// Bytes written and not yet stored.
    package var backlogBytes: Int64
    /// Intake slows down when the backlog reaches this.
    package var limitBytes: Int64
    /// Files of the journal.
    package var segments: Int

    package init(backlogBytes: Int64, limitBytes: Int64, segments: Int) {
        self.backlogBytes = backlogBytes
        self.limitBytes = limitBytes
        self.segments = segments
    }
}

/// A configured provider, without its secret.
package struct ProviderStatus: Sendable, Equatable {
    package var name: String
    package var dialect: Dialect
    package var baseURL: String
    /// False while calls to it fail; `nil` before the first call.
    package var healthy: Bool?

    package init(name: String, dialect: Dialect, baseURL: String, healthy: Bool?) {
        self.name = name
        self.dialect = dialect
        self.baseURL = baseURL
        self.healthy = healthy
    }
}

/// Whether the server takes requests; raw values are shown.
package enum HealthState: String, Sendable, CaseIterable {
    case ok
    /// The journal is being replayed after a start.
    case replaying
    /// Open requests are being finished before the end.
    case stopping
}

/// What a reload changed, one sentence each; empty if the configuration is the same.
package struct ReloadReport: Sendable, Equatable {
    package var changes: [String]

    package init(changes: [String]) { self.changes = changes }
}

/// Why a reload was refused; the configuration in force stays.
package struct ReloadFailure: Error, Sendable, Equatable {
    /// What is wrong, where, and what to do about it.
    package var message: String

    package init(message: String) { self.message = message }
}
