package import Bytes
import Crypto
package import Vocabulary

/// Names a request by everything that its answer depends on: the first 16 bytes of a SHA-256.
///
/// Tenant and namespace are part of it, so no project is ever given another's answer, whatever it sends.
package struct CacheKey: Hashable, Sendable {
    package var id: ID128

    package init(_ id: ID128) { self.id = id }

    /// 32 hexadecimal digits.
    package var hex: String { id.hex }
}

/// Whose part of the cache an answer stands in: what counts and purges go by.
package struct CacheScope: Hashable, Sendable {
    package var project: ProjectID
    /// Empty for the project's common part.
    package var namespace: String
    /// The route (or plain model) that the call resolved to.
    package var route: String

    package init(project: ProjectID, namespace: String = "", route: String) {
        self.project = project
        self.namespace = namespace
        self.route = route
    }
}

/// A request as the cache sees it.
package struct CacheQuestion {
    package var scope: CacheScope
    /// Operation and form of the call: an answer is kept in the form in which it was asked for.
    package var operation: String
    /// The parsed body, an object.
    package var body: JSONView
    /// Top-level members that are meant for the gateway, beside those of `CacheMembers`.
    package var ignored: [String]
    /// What else the answer depends on: headers that switch features on, whose provider account is used.
    package var variants: [String]

    package init(
        scope: CacheScope, operation: String, body: JSONView, ignored: [String] = [], variants: [String] = []
    ) {
        self.scope = scope
        self.operation = operation
        self.body = body
        self.ignored = ignored
        self.variants = variants
    }

    /// The key of this very request.
    package var key: CacheKey { CacheHasher.key(self, without: nil) }

    /// The key of all requests that differ from this one in nothing but the last thing that the user said.
    package func family(of said: LastUserText) -> CacheKey { CacheHasher.key(self, without: said.range) }
}
