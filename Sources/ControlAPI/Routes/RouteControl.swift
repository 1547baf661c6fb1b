package import Vocabulary

/// Routes as people change them while the server runs. A change is in force everywhere when the call returns.
package protocol RouteControl: Sendable {
    /// Every route that callers can name and that has rules: those of the configuration file and stored ones.
    func list() async throws -> [RouteListing]

    /// One route by its name. Throws `RouteControlError.notFound`.
    func route(_ name: String) async throws -> RouteListing

    /// Stores a route's next version and puts it into force. Throws `RouteControlError`, and then nothing has changed.
    func put(_ change: RouteChange) async throws -> RouteListing

    /// Takes a stored route out of force; its versions stay. Throws `RouteControlError`.
    func delete(_ name: String, expected: RouteChange.Expected, author: String) async throws

    /// The versions of a stored route, newest first.
    func versions(_ name: String, before: Int64?, limit: Int) async throws -> [RouteVersion]

    /// Puts an older version into force again. Throws `RouteControlError`, and then nothing has changed.
    func rollback(_ name: String, to version: Int64, expected: RouteChange.Expected, author: String, note: String)
        async throws -> RouteListing

    /// What the router would decide for a call. Nothing is sent and nothing is counted. Throws `RouteControlError`.
    func dryRun(_ trial: RouteTrial) async throws -> RouteTrialResult
}

/// Why a route can't be shown, changed or tried.
package enum RouteControlError: Error, Sendable, Equatable {
    /// What does not exist.
    case notFound(String)
    /// Somebody else changed it first; the version in force, `nil` for none.
    case conflict(current: Int64?)
    /// What is wrong, where, and the mend.
    case invalid(String)
}

/// A route as the API shows it.
package struct RouteListing: Sendable, Equatable {
    /// Where a route comes from. Raw values are shown.
    package enum Source: String, Sendable, CaseIterable {
        case file, stored
    }

    package var name: String
    package var aliases: [String]
    package var source: Source
    /// The version in force of a stored one.
    package var version: Int64?
    /// JSON, as it was written.
    package var definition: [UInt8]
    package var targets: [RouteTargetListing]
    /// True for a stored one that stands before one of the file.
    package var overridesFile: Bool
    /// Why it is not in force, as where a provider that it names is gone; `nil` for one that is.
    package var problem: String?

    package init(
        name: String, aliases: [String] = [], source: Source, version: Int64? = nil, definition: [UInt8],
        targets: [RouteTargetListing] = [], overridesFile: Bool = false, problem: String? = nil
    ) {
        self.name = name
        self.aliases = aliases
        self.source = source
        self.version = version
        self.definition = definition
        self.targets = targets
        self.overridesFile = overridesFile
        self.problem = problem
    }
}

/// One target of a route.
package struct RouteTargetListing: Sendable, Equatable {
    package var label: String
    package var provider: String
    package var model: String
    package var health: TargetHealthListing?

    package init(label: String, provider: String, model: String, health: TargetHealthListing? = nil) {
        self.label = label
        self.provider = provider
        self.model = model
        self.health = health
    }
}

/// A new version of a route.
package struct RouteChange: Sendable, Equatable {
    /// The version that the author believes in force.
    package enum Expected: Sendable, Equatable {
        case anything
        /// `nil`: none, the route is new.
        case version(Int64?)
    }

    package var name: String
    /// JSON.
    package var definition: [UInt8]
    package var message: String
    package var expected: Expected
    /// The id of the key that makes it.
    package var author: String

    package init(
        name: String, definition: [UInt8], message: String = "", expected: Expected = .anything, author: String
    ) {
        self.name = name
        self.definition = definition
        self.message = message
        self.expected = expected
        self.author = author
    }
}

/// A version of a stored route.
package struct RouteVersion: Sendable, Equatable {
    package var number: Int64
    /// SHA-256 of the canonical definition, hexadecimal.
    package var hash: String
    package var parent: Int64?
    package var author: String
    package var message: String
    package var createdAt: UnixMicroseconds
    /// Whether it is the one in force.
    package var isActive: Bool
    /// JSON.
    package var definition: [UInt8]

    package init(
        number: Int64, hash: String, parent: Int64?, author: String, message: String, createdAt: UnixMicroseconds,
        isActive: Bool, definition: [UInt8]
    ) {
        self.number = number
        self.hash = hash
        self.parent = parent
        self.author = author
        self.message = message
        self.createdAt = createdAt
        self.isActive = isActive
        self.definition = definition
    }
}

/// A call that is only thought through.
package struct RouteTrial: Sendable, Equatable {
    /// The route to take; `nil` for the one that the request's model names, unless there is a definition.
    package var route: String?
    /// A route that does not exist yet, JSON.
    package var definition: [UInt8]?
    /// The body of the call, JSON.
    package var request: [UInt8]
    package var headers: [MetadataPair]
    package var metadata: [MetadataPair]
    package var tags: [String]
    package var user: String?
    package var session: String?
    /// Who asks: conditions may look at the key, its team and its project.
    package var keyID: String
    package var project: ProjectID
    package var team: String?
    package var environment: EnvironmentName

    package init(request: [UInt8], keyID: String, project: ProjectID, environment: EnvironmentName) {
        route = nil
        definition = nil
        self.request = request
        headers = []
        metadata = []
        tags = []
        user = nil
        session = nil
        self.keyID = keyID
        self.project = project
        team = nil
        self.environment = environment
    }
}

/// What the router decided, and what it was told.
package struct RouteTrialResult: Sendable, Equatable {
    package var route: String
    package var model: String
    /// Estimated length of the input, in tokens.
    package var inputTokens: Int64
    /// What the call needs of a model.
    package var needs: [String]
    package var targets: [RouteTargetListing]
    /// The decision as one JSON object, as records carry it.
    package var routing: [UInt8]
    /// What of the caller's wishes is not done, and why.
    package var notes: [ParameterChange]

    package init(
        route: String, model: String, inputTokens: Int64, needs: [String], targets: [RouteTargetListing],
        routing: [UInt8], notes: [ParameterChange] = []
    ) {
        self.route = route
        self.model = model
        self.inputTokens = inputTokens
        self.needs = needs
        self.targets = targets
        self.routing = routing
        self.notes = notes
    }
}
