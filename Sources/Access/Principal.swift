package import Storage
package import Vocabulary

/// Who a request speaks for, once its key has been recognised.
package struct Principal: Sendable, Equatable {
    /// The id of the key, never its secret.
    package var keyID: String
    /// The key's name, for people.
    package var name: String
    package var organisation: String
    package var project: ProjectID
    package var team: String?
    package var user: String?
    package var environment: EnvironmentName
    package var role: KeyRole
    /// What of its role the key may do.
    package var scopes: Set<KeyScope>
    /// From this moment on the key is refused; `nil` for never.
    package var expiresAt: UnixMicroseconds?
    /// `nil` for the server's default.
    package var parameterPolicy: ParameterPolicy?
    /// Names that the caller may write for models, and the models they mean.
    package var modelAliases: [String: String]
    /// Put on every record of its calls.
    package var tags: [String]
    /// Everybody whose rules a call has to keep to, broadest first, without the end customer.
    package var chain: [Subject]
    /// What each end customer without rules of its own has to keep to.
    package var customerRules: SpendingRules
    /// A request's `user` names the end customer where no header does.
    package var takesUserAsCustomer: Bool
    /// The lists of the key and of everybody it belongs to; a model must stand on each.
    package private(set) var modelLists: [[String]]
    private var allowances: [ModelAllowance]

    /// - Parameter directory: Whom the key belongs to.
    package init(_ key: KeyRecord, in directory: SubjectDirectory = .empty) {
        let lineage = directory.lineage(of: key)
        keyID = key.id
        name = key.name
        organisation = lineage.organisation
        project = key.project
        team = lineage.team
        user = key.user
        environment = key.environment
        role = key.role
        scopes = Set(key.scopes.isEmpty ? key.role.scopes : key.scopes).intersection(key.role.scopes)
        expiresAt = key.expiresAt
        parameterPolicy = key.parameterPolicy
        modelAliases = key.modelAliases
        tags = key.tags
        chain = lineage.subjects + [Subject(.key, key.id)]
        let narrowestFirst = [key.customerRules] + lineage.records.reversed().map(\.customerRules)
        customerRules = narrowestFirst.first { !$0.isEmpty } ?? .none
        takesUserAsCustomer = key.takesUserAsCustomer
        modelLists = (lineage.records.map(\.allowedModels) + [key.allowedModels]).filter { !$0.isEmpty }
        allowances = modelLists.map { ModelAllowance($0) }
    }

    /// Whether its calls are served at all.
    package var mayCallModels: Bool { may(.inference) }

    /// Every name on the lists that limit this principal; empty if it may use every model.
    package var allowedModels: [String] { modelLists.flatMap { $0 } }

    /// Whether the principal may call a model of this name, aliases resolved.
    package func mayUse(model: String) -> Bool { allowances.allSatisfy { $0.allows(model) } }

    /// The model that the caller means: its key's alias for the name, or the name itself. Aliases do not lead further.
    package func model(named name: String) -> String { modelAliases[name] ?? name }

    /// Whether the key may do this.
    package func may(_ scope: KeyScope) -> Bool { scopes.contains(scope) }
}
