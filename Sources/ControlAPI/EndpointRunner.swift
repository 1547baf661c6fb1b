import Access
import HTTPTypes
import Hummingbird
import Logging
import Runtime
import Storage
import Vocabulary

/// Runs one endpoint: id, query, key, answer, and whatever goes wrong in the documented shape.
struct EndpointRunner: Sendable {
    var endpoint: Endpoint
    var services: ControlServices

    func respond(to request: Request, parameters: Parameters, logger: Logger) async throws -> Response {
        let id = services.makeRequestID()
        var response: Response
        do {
            response = try await answer(request, parameters, id)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            response = Answers.error(translate(error, id, logger), requestID: id)
        }
        Self.addCommonHeaders(to: &response, id)
        return response
    }

    private func answer(_ request: Request, _ parameters: Parameters, _ id: RequestID) async throws -> Response {
        switch endpoint.handler {
        case .open(let respond):
            return try await respond(try checked(request, parameters, id))
        case .admin(let scope, let respond):
            // The key comes first: a stranger learns nothing about parameters.
            let principal = try authenticate(request.headers, scope)
            return try await respond(try checked(request, parameters, id), principal)
        }
    }

    private func checked(
        _ request: Request, _ parameters: Parameters, _ id: RequestID
    ) throws(APIError) -> ControlRequest {
        let query = request.head.path.flatMap { path in
            path.firstIndex(of: "?").map { path[path.index(after: $0)...] }
        }
        // Open endpoints take no parameters and ignore those that probes and scrapers add.
        let items =
            if case .open = endpoint.handler { try QueryItems(nil, known: []) } else {
                try QueryItems(query, known: endpoint.parameters)
            }
        return ControlRequest(id: id, query: items, parameters: parameters, body: request.body)
    }

    private func authenticate(_ headers: HTTPFields, _ scope: KeyScope) throws -> Principal {
        let principal = try services.keySnapshot()
            .principal(forSecret: presentedSecret(headers), now: services.time.now()).get()
        guard principal.role == .admin else { throw AccessError.adminRequired }
        guard principal.may(scope) else { throw AccessError.scopeRequired }
        return principal
    }

    private func translate(_ error: any Error, _ id: RequestID, _ logger: Logger) -> APIError {
        switch error {
        case let error as APIError: return error
        case let error as AccessError: return APIError(error)
        case let error as KeyError: return APIError(error)
        case let error as FieldFault: return .invalidField(error.place, expected: error.expected)
        case let error as StorageError:
            logger.error("control request failed", metadata: ["request_id": "\(id)", "error": "\(error)"])
            return APIError(error)
        default:
            logger.error("control request failed", metadata: ["request_id": "\(id)", "error": "\(error)"])
            return .internalError
        }
    }

    /// Answers are private to whoever asked, are never documents, and are never shown inside another page.
    private static func addCommonHeaders(to response: inout Response, _ id: RequestID) {
        response.headers[.signalboxRequestID] = id.uuid
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.cacheControl] = "no-store"
        response.headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
        response.headers[.referrerPolicy] = "no-referrer"
    }
}

/// The secret in `Authorization: Bearer ...`, or else in `x-api-key`; `nil` if there is neither.
func presentedSecret(_ headers: HTTPFields) -> Substring? {
    if let field = headers[.authorization] {
        let parts = field.split(separator: " ", maxSplits: 1)
        if parts.count == 2, parts[0].lowercased() == "bearer" { return parts[1] }
    }
    return headers[.xAPIKey].map { $0[...] }
}

extension HTTPField.Name {
    static let signalboxRequestID = HTTPField.Name("x-signalbox-request-id") ?? .server
    static let xAPIKey = HTTPField.Name("x-api-key") ?? .authorization
    static let referrerPolicy = HTTPField.Name("referrer-policy") ?? .server
}
