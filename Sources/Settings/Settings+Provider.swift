package import Vocabulary

extension Settings {
    /// One upstream: an API, the key for it and how to talk to it.
    package struct Provider: Sendable, Equatable {
        /// Letters, digits, `.`, `_` and `-`: it stands in `/pass/<name>/` and in every record.
        package var name = ""
        /// The API it speaks.
        package var dialect = Dialect.openai
        /// Where its API begins, for example `https://api.openai.com/v1`.
        package var baseURL = BaseURL()
        /// The key sent to it; `nil` for upstreams that need none.
        package var apiKey: Secret?
        /// Serve every model that the built-in catalogue lists for this vendor.
        package var catalogue: String?
        /// Whether usage is asked for in streams where the caller did not (OpenAI's `stream_options.include_usage`).
        package var streamUsage = StreamUsage.inject
        /// Open connections per event loop. 1024 streams per core is beyond what providers allow one account.
        package var maximumConnections = 1024
        /// Deadlines of its own; what is `nil` is the server's.
        package var timeouts = ProviderTimeouts()
        /// A PEM file of certificate authorities to trust instead of the system's.
        package var caFile: String?
        /// Headers added to every call, in the order written. Values may be secrets.
        package var headers: [ProviderHeader] = []
        /// A path under the base URL that answers 2xx to a GET while the upstream is well; `nil` checks the connection.
        package var healthPath: String?

        package init() {}
    }

    /// Whether usage is asked for in streams where the caller did not ask.
    package enum StreamUsage: String, Sendable, CaseIterable {
        /// Ask, and keep the extra event from the caller: streams are priced exactly.
        case inject
        /// Send the request as it came: streams without usage are estimated.
        case leave
    }

    /// A provider's own deadlines.
    package struct ProviderTimeouts: Sendable, Equatable {
        package var connect: Duration?
        package var firstByte: Duration?
        package var idle: Duration?
        package var total: Duration?

        package init() {}
    }

    /// A header line that is added to every call to a provider.
    package struct ProviderHeader: Sendable, Equatable {
        package var name: String
        package var value: Secret

        package init(name: String, value: Secret) {
            self.name = name
            self.value = value
        }
    }

    /// A name that callers use, and what it stands for.
    package struct Model: Sendable, Equatable {
        /// What callers write in `model`.
        package var name = ""
        /// The name of one of `providers`.
        package var provider = ""
        /// What is sent to the provider; `nil` sends `name`.
        package var upstreamModel: String?

        package init() {}

        /// The model name to send to the provider.
        package var nameForUpstream: String { upstreamModel ?? name }
    }
}
