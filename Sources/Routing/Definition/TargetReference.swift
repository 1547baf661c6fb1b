/// One place that a call may go to: a provider and its name for a model.
package struct TargetReference: Sendable, Hashable {
    /// A configured provider's name.
    package var provider: String
    /// The provider's name for the model; `nil` for the name that the caller asked for.
    package var model: String?
    /// What it is called in the route, in decisions and headers; `nil` for `provider/model`.
    package var name: String?
    /// Changes to the body for this target, stronger than the route's.
    package var parameters: ParameterEdits
    /// Deadlines for this target, stronger than the group's and the route's.
    package var timeouts: AttemptTimeouts?
    /// Retries on this target, stronger than the group's and the route's.
    package var retry: RetryRules?

    package init(
        provider: String, model: String? = nil, name: String? = nil, parameters: ParameterEdits = ParameterEdits(),
        timeouts: AttemptTimeouts? = nil, retry: RetryRules? = nil
    ) {
        self.provider = provider
        self.model = model
        self.name = name
        self.parameters = parameters
        self.timeouts = timeouts
        self.retry = retry
    }

    /// What its health is kept under: `provider/model`.
    package var id: String { model.map { "\(provider)/\($0)" } ?? provider }

    /// What people see.
    package var label: String { name ?? id }
}
