package import Vocabulary

extension Settings {
    /// One upstream: an API, the key for it and how to talk to it.
    package struct Provider: Sendable, Equatable {
        /// Letters, digits, `.`, `_` and `-`: it stands in `/pass/<name>/` and in every record.
        package var name = ""
        /// A provider that this program knows: its dialect, address, paths and quirks; `nil` for any other.
        package var preset: String?
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
        /// How often it is asked how it is; `nil` for never.
        package var probe: Duration?
        /// What its preset asks for: project, location, resource, API version.
        package var settings: [ProviderSetting] = []
        /// What requests to AWS are signed with.
        package var awsAccessKeyId: Secret?
        package var awsSecretAccessKey: Secret?
        package var awsSessionToken: Secret?
        /// A Google service account's key file (JSON).
        package var serviceAccount: String?
        /// Where it computes, for routes that demand a region.
        package var region: String?
        /// Words that routes may ask for.
        package var tags: [String] = []
        /// Whether it may keep inputs to train on; `nil` for what the catalogue knows.
        package var dataCollection: DataCollection?
        /// Whether it is known to retain nothing.
        package var zeroRetention: YesNo?

        package init() {}
    }

    /// Whether a provider may keep inputs to train on.
    package enum DataCollection: String, Sendable, CaseIterable {
        case allow, deny
    }

    /// A statement that may also be left open.
    package enum YesNo: String, Sendable, CaseIterable {
        case yes, no
    }

    /// A value that a preset asks for.
    package struct ProviderSetting: Sendable, Equatable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A route as it was written, as JSON; the router's own reader understands it.
    package struct Route: Sendable, Equatable {
        /// Its place in the list, for errors: `routes[2]`.
        package var key: String
        package var place: SettingsPlace
        package var json: [UInt8]

        package init(key: String, place: SettingsPlace, json: [UInt8]) {
            self.key = key
            self.place = place
            self.json = json
        }
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
