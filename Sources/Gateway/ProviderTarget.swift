package import Dialects
package import Vocabulary

/// A configured provider, ready to be called.
package struct ProviderTarget: Sendable {
    /// How the provider wants its key.
    package enum Credential: Sendable {
        case none
        /// `Authorization: Bearer`.
        case bearer(String)
        /// A header of its own: `x-api-key`, `api-key`, `x-goog-api-key`.
        case header(name: String, value: String)
        /// A query item, for providers that take nothing else.
        case query(name: String, value: String)
        /// Each request is signed (AWS Signature Version 4).
        case signature(AWSKeys, region: String, service: String)
        /// A token that is renewed in the background.
        case token(RenewedToken)
    }

    package var name: String
    package var dialect: Dialect
    /// The forms of conversation that it speaks, the preferred one first; empty for one that serves none.
    package var formats: [WireFormat]
    /// Where connections go: one pool per distinct value.
    package var origin: UpstreamOrigin
    /// The base URL's path without a trailing slash, for example `/v1`; empty for none.
    package var basePath: String
    /// How paths are made of operation and model.
    package var paths: PathScheme
    /// How it differs from the forms that it imitates; a form that is missing here is kept to the letter.
    package var quirks: [WireFormat: ProviderQuirks]
    package var credential: Credential
    /// Headers that are sent with every call.
    package var extraHeaders: [MetadataPair]
    /// Ask for usage in streams where the caller did not (and hide the extra chunk).
    package var injectsUsage: Bool
    /// Deadlines of one attempt.
    package var rules: AttemptRules
    /// From admission to the end of a call, nanoseconds.
    package var total: UInt64
    /// The catalogue's name for it, where that is another.
    package var catalogueName: String?
    /// Settings that stand in its paths: project, location, API version.
    package var settings: [String: String] = [:]
    /// What it serves beside conversations.
    package var operations: Set<ProviderOperation> = []
    package var embeddings: EmbeddingFormat?
    /// Where it computes; `nil` where not known.
    package var region: String?
    package var collectsData: Bool?
    package var retainsNothing: Bool?
    package var tags: [String] = []

    package init(
        name: String, dialect: Dialect, formats: [WireFormat], origin: UpstreamOrigin, basePath: String,
        paths: PathScheme, quirks: [WireFormat: ProviderQuirks] = [:], credential: Credential,
        extraHeaders: [MetadataPair] = [], injectsUsage: Bool = true, rules: AttemptRules, total: UInt64
    ) {
        self.name = name
        self.dialect = dialect
        self.formats = formats
        self.origin = origin
        self.basePath = basePath
        self.paths = paths
        self.quirks = quirks
        self.credential = credential
        self.extraHeaders = extraHeaders
        self.injectsUsage = injectsUsage
        self.rules = rules
        self.total = total
    }

    /// The path and query of a call; `nil` where it has no such operation.
    package func path(_ operation: ProviderOperation, model: String, streams: Bool) -> String? {
        UpstreamPath.path(paths, operation, model: model, streams: streams, settings: settings)
            .map { basePath + $0 }
    }

    /// The rules of a call that goes to this provider alone.
    package func policy(_ defaults: ExchangeDefaults) -> ExchangePolicy {
        ExchangePolicy(
            admissionWait: defaults.admissionWait, total: total, clientStall: defaults.clientStall,
            departure: defaults.departure, attempts: [rules]
        )
    }

    /// How it differs from one form.
    package func quirks(for format: WireFormat?) -> ProviderQuirks {
        format.flatMap { quirks[$0] } ?? ProviderQuirks()
    }

    /// The form in which a caller's request goes to this provider: its own where the provider speaks it.
    package func format(for caller: WireFormat) -> WireFormat {
        formats.contains(caller) ? caller : formats.first ?? caller
    }
}

/// A place that HTTP connections are made to.
package struct UpstreamOrigin: Sendable, Hashable {
    package var host: String
    package var port: Int
    package var usesTLS: Bool
    /// A file of PEM certificates to trust beside the system's; `nil` for the system's alone.
    package var certificateFile: String?
    /// The most connections per event loop.
    package var maximumConnections: Int

    package init(host: String, port: Int, usesTLS: Bool, certificateFile: String? = nil, maximumConnections: Int) {
        self.host = host
        self.port = port
        self.usesTLS = usesTLS
        self.certificateFile = certificateFile
        self.maximumConnections = maximumConnections
    }

    /// The value of the `Host` header: the port only where it is not the scheme's own.
    package var hostHeader: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (usesTLS ? 443 : 80) ? name : "\(name):\(port)"
    }
}
