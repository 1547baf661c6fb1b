import Access
import HTTPTypes
import Hummingbird
import NIOCore
import Storage
import Vocabulary

/// Ours, not the web framework's type of the same name.
typealias RequestID = Vocabulary.RequestID

/// One method on one path, with everything needed to check a request before its own code runs.
struct Endpoint: Sendable {
    static let root = "/api/v1"

    var method: HTTPRequest.Method
    /// The whole path; `{name}` captures a segment.
    var path: String
    /// The query parameters it takes; any other is refused.
    var parameters: [String]
    var handler: Handler

    enum Handler: Sendable {
        /// No key needed.
        case open(@Sendable (ControlRequest) async throws -> Response)
        /// An admin key with the scope needed.
        case admin(KeyScope, @Sendable (ControlRequest, Principal) async throws -> Response)
    }

    /// An endpoint below `/api/v1` that needs an admin key with a scope.
    static func admin(
        _ method: HTTPRequest.Method, _ path: String, parameters: [String] = [], scope: KeyScope = .admin,
        _ handler: @escaping @Sendable (ControlRequest, Principal) async throws -> Response
    ) -> Endpoint {
        Endpoint(method: method, path: root + path, parameters: parameters, handler: .admin(scope, handler))
    }

    /// An endpoint that anybody may ask.
    static func open(
        _ method: HTTPRequest.Method, _ path: String,
        _ handler: @escaping @Sendable (ControlRequest) async throws -> Response
    ) -> Endpoint {
        Endpoint(method: method, path: path, parameters: [], handler: .open(handler))
    }
}

extension Endpoint {
    /// The answer for a known path and a method that it does not have.
    static func methodNotAllowed(
        _ method: HTTPRequest.Method, _ path: String, allowed: Set<HTTPRequest.Method>
    ) -> Endpoint {
        let list = allowed.map(\.rawValue).sorted().joined(separator: ", ")
        let error = APIError(
            status: .methodNotAllowed, code: "method_not_allowed",
            message: "\(method.rawValue) is not possible here. Possible: \(list).", headers: [.allow: list]
        )
        return .refusal(method, path, error)
    }

    /// The answer for a path that does not exist.
    static func unknownPath(_ method: HTTPRequest.Method, _ path: String) -> Endpoint {
        .refusal(
            method, path, .notFound("There is nothing at this path. \(Endpoint.root)/openapi.json lists all endpoints.")
        )
    }

    private static func refusal(_ method: HTTPRequest.Method, _ path: String, _ error: APIError) -> Endpoint {
        .open(method, path) { _ in throw error }
    }
}

/// A request whose query has been checked.
struct ControlRequest: Sendable {
    var id: RequestID
    var query: QueryItems
    var parameters: Parameters
    var body: RequestBody

    /// Largest body that an endpoint reads: a key with a thousand model names fits.
    static let maximumBodyBytes = 65_536

    /// The captured segment `{id}`, decoded: ids of teams and customers may hold any character.
    var pathID: String { parameters.get("id").map { percentDecoded($0[...]) ?? $0 } ?? "" }

    /// Reads the whole body as a JSON object with known members.
    ///
    /// - Parameter isOptional: Whether no body at all stands for an empty object.
    func fields(_ known: [String], isOptional: Bool = false) async throws -> BodyFields {
        var bytes: [UInt8] = []
        for try await chunk in body {
            guard bytes.count + chunk.readableBytes <= Self.maximumBodyBytes else {
                throw APIError(
                    status: .contentTooLarge, code: "body_too_large",
                    message: "The body is larger than \(Self.maximumBodyBytes) bytes, the most that is read here."
                )
            }
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        if isOptional, bytes.isEmpty { bytes = Array("{}".utf8) }
        return try BodyFields(bytes, known: known)
    }
}
