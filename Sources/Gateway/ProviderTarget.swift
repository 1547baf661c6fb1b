package import Vocabulary

/// A configured provider, ready to be called.
package struct ProviderTarget: Sendable, Equatable {
    /// How the provider wants its key.
    package enum Credential: Sendable, Equatable {
        case none
        /// `Authorization: Bearer`.
        case bearer(String)
        /// `x-api-key`.
        case apiKey(String)
    }

    package var name: String
    package var dialect: Dialect
    /// Where connections go: one pool per distinct value.
    package var origin: UpstreamOrigin
    /// The base URL's path without a trailing slash, for example `/v1`; empty for none.
    package var basePath: String
    package var credential: Credential
    /// Headers that are sent with every call.
    package var extraHeaders: [MetadataPair]
    /// Ask for usage in streams where the caller did not (and hide the extra chunk).
    package var injectsUsage: Bool
    package var policy: ExchangePolicy

    package init(
        name: String, dialect: Dialect, origin: UpstreamOrigin, basePath: String, credential: Credential,
        extraHeaders: [MetadataPair] = [], injectsUsage: Bool = true, policy: ExchangePolicy
    ) {
        self.name = name
        self.dialect = dialect
        self.origin = origin
        self.basePath = basePath
        self.credential = credential
        self.extraHeaders = extraHeaders
        self.injectsUsage = injectsUsage
        self.policy = policy
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
