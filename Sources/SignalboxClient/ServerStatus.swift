/// How a server is.
public struct ServerStatus: Codable, Sendable, Equatable {
    /// The server's version.
    public var version: String
    /// When it started, RFC 3339.
    public var startedAt: String
    /// In seconds.
    public var uptimeS: Double
    /// The default environment of its records.
    public var environment: String
    /// What is stored.
    public var store: Store
    /// What is written but not stored yet.
    public var journal: Journal
    /// Requests being worked on.
    public var openRequests: Int
    /// The upstreams.
    public var providers: [Provider]

    /// What is stored.
    public struct Store: Codable, Sendable, Equatable {
        /// Recorded calls.
        public var spans: Int64
        /// Distinct message bodies.
        public var contents: Int64
        /// On disk.
        public var diskBytes: Int64

        enum CodingKeys: String, CodingKey {
            case spans, contents
            case diskBytes = "disk_bytes"
        }
    }

    /// The crash journal.
    public struct Journal: Codable, Sendable, Equatable {
        /// Written but not stored yet.
        public var backlogBytes: Int64
        /// Backlog at which intake slows down.
        public var limitBytes: Int64
        /// Files.
        public var segments: Int

        enum CodingKeys: String, CodingKey {
            case segments
            case backlogBytes = "backlog_bytes"
            case limitBytes = "limit_bytes"
        }
    }

    /// An upstream.
    public struct Provider: Codable, Sendable, Equatable {
        /// Its name in the configuration.
        public var name: String
        /// `openai` or `anthropic`.
        public var dialect: String
        /// Where its API begins.
        public var baseURL: String
        /// Whether it answers; `nil` where that is not known yet.
        public var healthy: Bool?

        enum CodingKeys: String, CodingKey {
            case name, dialect, healthy
            case baseURL = "base_url"
        }
    }

    enum CodingKeys: String, CodingKey {
        case version, environment, store, journal, providers
        case startedAt = "started_at"
        case uptimeS = "uptime_s"
        case openRequests = "open_requests"
    }
}

/// Whether a server is ready.
public struct Health: Codable, Sendable, Equatable {
    /// `ok`, `replaying` (the journal, after a start) or `stopping`.
    public var status: String
}

/// What a reload of the configuration changed.
public struct ReloadResult: Codable, Sendable, Equatable {
    /// Whether the new configuration is in force.
    public var reloaded: Bool
    /// What changed, one sentence each.
    public var changes: [String]
}
