import ControlAPI
import HTTPTypes
import Testing

struct AuthenticationTests {
    private let guarded: [(HTTPRequest.Method, String)] = [
        (.get, "/api/v1/requests"), (.get, "/api/v1/requests/live"), (.get, "/api/v1/requests/1"),
        (.get, "/api/v1/summary"), (.get, "/api/v1/keys"), (.post, "/api/v1/keys"), (.patch, "/api/v1/keys/k"),
        (.delete, "/api/v1/keys/k"), (.get, "/api/v1/models"), (.get, "/api/v1/status"), (.post, "/api/v1/reload"),
    ]

    @Test func withoutAKeyEverythingGuardedIs401() async throws {
        let server = try await Server()
        for (method, path) in guarded {
            let answer = try await server.send(method, path, key: nil)
            #expect(answer.status == 401, "\(method) \(path)")
            #expect(answer.errorCode == "missing_key")
            #expect(answer.headers[.wwwAuthenticate] == "Bearer")
        }
    }

    @Test func aMemberKeyIs403() async throws {
        let server = try await Server()
        let secret = try await server.memberSecret()
        for (method, path) in guarded {
            let answer = try await server.send(method, path, key: secret)
            #expect(answer.status == 403, "\(method) \(path)")
            #expect(answer.errorCode == "admin_key_required")
        }
    }

    @Test func aWrongKeyIs401AndIsNotRepeated() async throws {
        let answer = try await Server().send(.get, "/api/v1/keys", key: "sb-wrong-wrong-wrong")
        #expect(answer.status == 401)
        #expect(answer.errorCode == "invalid_key")
        #expect(!answer.text.contains("wrong-wrong"))
    }

    @Test(arguments: ["x-api-key", "X-API-Key"])
    func theKeyMayComeInXAPIKey(name: String) async throws {
        let field = try #require(HTTPField.Name(name))
        let answer = try await Server().send(.get, "/api/v1/keys", headers: [field: Server.adminSecret])
        #expect(answer.status == 200)
    }

    @Test(arguments: [("bearer \(Server.adminSecret)", 200), ("Basic \(Server.adminSecret)", 401), ("Bearer", 401)])
    func onlyTheBearerSchemeCounts(value: String, status: Int) async throws {
        let answer = try await Server().send(.get, "/api/v1/keys", headers: [.authorization: value])
        #expect(answer.status == status)
    }

    @Test func aRevokedKeyStopsAtOnce() async throws {
        let server = try await Server()
        let made = try await server.send(.post, "/api/v1/keys", body: #"{"name":"ops","role":"admin"}"#).object
        let secret = try #require(made["secret"] as? String)
        let id = try #require(made["id"] as? String)
        #expect(try await server.send(.get, "/api/v1/keys", key: secret).status == 200)
        #expect(try await server.send(.delete, "/api/v1/keys/\(id)").status == 204)
        let answer = try await server.send(.get, "/api/v1/keys", key: secret)
        #expect(answer.status == 401)
        #expect(answer.errorCode == "revoked_key")
    }

    @Test func openEndpointsNeedNoKey() async throws {
        let server = try await Server()
        for path in ["/api/v1/health", "/api/v1/openapi.json", "/metrics", "/metrics?probe=1"] {
            #expect(try await server.send(.get, path, key: nil).status == 200)
        }
    }

    @Test func everyAnswerCarriesAnIdAndForbidsSniffingCachingAndFraming() async throws {
        let server = try await Server()
        for path in ["/api/v1/keys", "/api/v1/nothing", "/metrics", "/api/v1/keys?limit=0"] {
            let headers = try await server.send(.get, path).headers
            let id = try #require(HTTPField.Name("x-signalbox-request-id"))
            #expect(headers[id] == "01920000-0000-7000-8000-000000000000")
            #expect(headers[.xContentTypeOptions] == "nosniff")
            #expect(headers[.cacheControl] == "no-store")
            #expect(headers[.contentSecurityPolicy] == "default-src 'none'; frame-ancestors 'none'")
            #expect(headers[.accessControlAllowOrigin] == nil)
        }
    }
}
