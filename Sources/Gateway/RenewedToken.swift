import Synchronization

/// A bearer token that something in the background keeps fresh; empty until the first one came.
package final class RenewedToken: Sendable {
    private let value = Mutex("")

    package init() {}

    /// The token in force.
    package var current: String { value.withLock { $0 } }

    /// Puts a fresh token in force for requests that begin from now on.
    package func renew(_ token: String) { value.withLock { $0 = token } }
}

/// What requests to AWS are signed with.
package struct AWSKeys: Sendable, Equatable {
    package var accessKeyID: String
    package var secretAccessKey: String
    /// Of temporary credentials.
    package var sessionToken: String?

    package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }
}
