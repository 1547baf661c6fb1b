package import Vocabulary

/// What the router may know of a call. Built once per call.
package struct RouteRequest: Sendable {
    /// The model name as the caller wrote it, without suffixes that are wishes (`:free`, `:nitro` ...).
    package var model: String
    package var operation: Operation
    /// The path of the call without the query.
    package var path: String
    package var streams: Bool
    package var needs: Capabilities
    /// Estimated length of the input in tokens.
    package var inputTokens: Int64
    /// The longest output that the caller allows, in tokens; `nil` where the caller says nothing.
    package var maximumOutputTokens: Int64?
    package var user: String?
    package var session: String?
    package var team: String?
    package var customer: String?
    package var keyID: String
    package var project: ProjectID
    package var environment: EnvironmentName
    package var feature: String?
    package var tags: [String]
    package var metadata: [MetadataPair]
    /// Higher goes first where calls have to wait.
    package var priority: Int
    /// The top-level members that the caller set. Only looked at where `preferences.requiresParameters` is set, so it
    /// may stay empty otherwise.
    package var parameterNames: Set<String>
    package var preferences: RoutePreferences

    /// - Parameter inputTokens: An estimate; a low one lets a call through that the provider may then refuse.
    package init(
        model: String, operation: Operation = .chat, path: String = "", streams: Bool = false,
        needs: Capabilities = [], inputTokens: Int64 = 0, keyID: String = "", project: ProjectID = "",
        environment: EnvironmentName = ""
    ) {
        self.model = model
        self.operation = operation
        self.path = path
        self.streams = streams
        self.needs = needs
        self.inputTokens = inputTokens
        maximumOutputTokens = nil
        user = nil
        session = nil
        team = nil
        customer = nil
        self.keyID = keyID
        self.project = project
        self.environment = environment
        feature = nil
        tags = []
        metadata = []
        priority = 0
        parameterNames = []
        preferences = RoutePreferences()
    }
}
