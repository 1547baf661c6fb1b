import Access
import HTTPTypes

/// One method on one path of another product's API.
struct DoorEndpoint: Sendable {
    /// Who may ask.
    enum Access: Sendable {
        /// Anybody.
        case open
        /// Any key that works.
        case key
        /// An admin key.
        case admin
    }

    var method: HTTPRequest.Method
    /// Below the door's root; `{name}` captures a segment.
    var path: String
    var access: Access
    var respond: @Sendable (DoorRequest) async throws -> DoorAnswer

    init(
        _ method: HTTPRequest.Method, _ path: String, _ access: Access = .admin,
        _ respond: @escaping @Sendable (DoorRequest) async throws -> DoorAnswer
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.respond = respond
    }
}

/// What an endpoint answers.
struct DoorAnswer: Sendable {
    var status: HTTPResponse.Status = .ok
    var body: JSONTree

    init(_ body: JSONTree, status: HTTPResponse.Status = .ok) {
        self.body = body
        self.status = status
    }
}

/// One product's API: where it begins, where its clients put their secret and how it says no.
struct Door: Sendable {
    /// For example `/compat/litellm`.
    var root: String
    /// Headers that may carry the secret, the product's own first. `authorization` is read with or without `Bearer`.
    var secretHeaders: [String]
    var error: @Sendable (DoorError) -> JSONTree
    var endpoints: [DoorEndpoint]
}
