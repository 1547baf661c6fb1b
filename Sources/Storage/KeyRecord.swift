package import Vocabulary

/// A virtual key as it is stored: its secret only as a salted hash.
package struct KeyRecord: Sendable, Equatable {
    /// Shown and stored on records, for example `key_0192...`.
    package var id: String
    package var name: String
    /// SHA-256 over the installation's salt and the secret.
    package var secretHash: [UInt8]
    /// The secret's first characters, so that people can tell keys apart, for example `sb-a1b2`.
    package var hint: String
    package var project: ProjectID
    package var environment: EnvironmentName
    package var role: KeyRole
    package var createdAt: UnixMicroseconds
    /// Calls after this moment are refused; `nil` for never.
    package var expiresAt: UnixMicroseconds?
    package var revokedAt: UnixMicroseconds?
    /// Model names this key may use, with a trailing `*` for any ending; empty for all.
    package var allowedModels: [String]
    /// The team and the user that its calls count for.
    package var team: String?
    package var user: String?
    /// What of its role it may do; empty for all of it.
    package var scopes: [KeyScope] = []
    package var rules = SpendingRules.none
    /// What each end customer of its calls has to keep to, unless the customer has rules of its own.
    package var customerRules = SpendingRules.none
    /// A request's `user` names the end customer where no header does.
    package var takesUserAsCustomer = false
    /// Refused until it is unblocked; unlike a revocation this can be undone.
    package var isBlocked = false
    /// `nil` for the server's default.
    package var parameterPolicy: ParameterPolicy?
    /// Names that callers of this key may write for models, and the models they mean.
    package var modelAliases: [String: String] = [:]
    /// Put on every record of its calls, beside the caller's own.
    package var tags: [String] = []
    /// For people; each key once.
    package var metadata: [MetadataPair] = []
    /// Secrets from before a rotation that still work.
    package var retiredSecrets: [RetiredSecret] = []

    package init(
        id: String, name: String, secretHash: [UInt8], hint: String, project: ProjectID,
        environment: EnvironmentName, role: KeyRole, createdAt: UnixMicroseconds,
        expiresAt: UnixMicroseconds? = nil, revokedAt: UnixMicroseconds? = nil, allowedModels: [String] = []
    ) {
        self.id = id
        self.name = name
        self.secretHash = secretHash
        self.hint = hint
        self.project = project
        self.environment = environment
        self.role = role
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.allowedModels = allowedModels
    }
}

/// What a key may do. Later roles come between; raw values are stored.
package enum KeyRole: String, Sendable, CaseIterable {
    /// The data plane, and everything of the control API.
    case admin
    /// The data plane only.
    case member

    /// What the role may do.
    package var scopes: [KeyScope] {
        switch self {
        case .admin: KeyScope.allCases
        case .member: [.inference, .recordsWrite, .promptsRead]
        }
    }
}

/// A secret that was replaced and works for a while longer, so that callers can change over.
package struct RetiredSecret: Sendable, Equatable {
    /// As `KeyRecord.secretHash`.
    package var hash: [UInt8]
    package var hint: String
    /// The first moment at which it is refused.
    package var validUntil: UnixMicroseconds

    package init(hash: [UInt8], hint: String, validUntil: UnixMicroseconds) {
        self.hash = hash
        self.hint = hint
        self.validUntil = validUntil
    }
}

/// A part of what a role may do. Raw values are stored.
package enum KeyScope: String, Sendable, CaseIterable {
    /// Calling models.
    case inference
    /// Looking at records, figures, models and health.
    case recordsRead = "records.read"
    /// Adding records, feedback and scores.
    case recordsWrite = "records.write"
    case promptsRead = "prompts.read"
    /// Everything else of the control API: keys, teams, budgets, configuration.
    case admin
}
