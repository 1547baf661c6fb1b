package import Storage
package import Vocabulary

/// Who a request speaks for, once its key has been recognised.
package struct Principal: Sendable, Equatable {
    /// The id of the key, never its secret.
    package var keyID: String
    /// The key's name, for people.
    package var name: String
    package var project: ProjectID
    package var environment: EnvironmentName
    package var role: KeyRole
    /// Model names this principal may use, as callers write them; empty for all.
    package var allowedModels: Set<String>
    /// From this moment on the key is refused; `nil` for never.
    package var expiresAt: UnixMicroseconds?

    package init(_ key: KeyRecord) {
        keyID = key.id
        name = key.name
        project = key.project
        environment = key.environment
        role = key.role
        allowedModels = Set(key.allowedModels)
        expiresAt = key.expiresAt
    }

    /// Whether the principal may call a model of this name.
    package func mayUse(model: String) -> Bool {
        allowedModels.isEmpty || allowedModels.contains(model)
    }
}
