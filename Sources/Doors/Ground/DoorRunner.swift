import Access
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Runtime
import Storage
import Vocabulary

/// Runs one endpoint of a door: key, body, answer, and whatever goes wrong in the product's own shape.
struct DoorRunner: Sendable {
    var door: Door
    var endpoint: DoorEndpoint
    var services: DoorServices

    /// Largest body that is read: a log entry with a long conversation fits.
    static let maximumBodyBytes = 4 << 20

    func respond(to request: Request, parameters: Parameters, logger: Logger) async throws -> Response {
        let id = services.makeRequestID()
        do {
            let answer = try await endpoint.respond(try await read(request, parameters, id))
            return Self.response(answer.body, status: answer.status, id)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            let refusal = DoorError(error)
            if refusal.isOurs {
                logger.error("door request failed", metadata: ["request_id": "\(id)", "error": "\(error)"])
            }
            return Self.response(door.error(refusal), status: refusal.status, id)
        }
    }

    private func read(_ request: Request, _ parameters: Parameters, _ id: ID128) async throws -> DoorRequest {
        // The key comes first: a stranger's body is not worth reading.
        let principal = try authenticate(request.headers)
        let path = parameters.map { (String($0.key), URLText.decoded(Substring($0.value))) }
        return DoorRequest(
            id: id, principal: principal, query: URLText.pairs(request.head.path ?? ""),
            path: Dictionary(path, uniquingKeysWith: { first, _ in first }), body: try await body(of: request)
        )
    }

    private func body(of request: Request) async throws -> JSONTree {
        var bytes: [UInt8] = []
        for try await chunk in request.body {
            guard bytes.count + chunk.readableBytes <= Self.maximumBodyBytes else {
                throw DoorError(.contentTooLarge, "body_too_large", "The body is larger than 4 MiB.")
            }
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        if bytes.isEmpty { return [:] }
        guard let tree = JSONTree(json: bytes) else {
            throw DoorError(.badRequest, "invalid_body", "The body must be JSON.")
        }
        return tree
    }

    // MARK: Keys

    /// The first secret that works counts: some clients send a made-up bearer beside the header that is their own.
    private func authenticate(_ headers: HTTPFields) throws -> Principal? {
        var failure = AccessError.missing
        for secret in secrets(in: headers) {
            switch services.keySnapshot().principal(forSecret: secret, now: services.time.now()) {
            case .success(let principal): return try admitted(principal)
            case .failure(let error): if failure == .missing || failure == .unknown { failure = error }
            }
        }
        if case .open = endpoint.access { return nil }
        throw failure
    }

    private func admitted(_ principal: Principal) throws -> Principal {
        guard case .admin = endpoint.access else { return principal }
        guard principal.role == .admin else { throw AccessError.adminRequired }
        guard principal.may(.admin) else { throw AccessError.scopeRequired }
        return principal
    }

    private func secrets(in headers: HTTPFields) -> [Substring] {
        door.secretHeaders.compactMap { name in
            guard let name = HTTPField.Name(name), let value = headers[name] else { return nil }
            let isBearer = value.utf8.count > 7 && value.prefix(7).lowercased() == "bearer "
            return isBearer ? value.dropFirst(7) : value[...]
        }
    }

    // MARK: Answers

    private static func response(_ body: JSONTree, status: HTTPResponse.Status, _ id: ID128) -> Response {
        var headers: HTTPFields = [
            .contentType: "application/json", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
        ]
        if let name = HTTPField.Name("x-signalbox-request-id") { headers[name] = id.uuid }
        if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
        if status == .serviceUnavailable { headers[.retryAfter] = "1" }
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body.json)))
    }
}
