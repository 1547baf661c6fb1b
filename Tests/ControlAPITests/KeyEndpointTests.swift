import Foundation
import HTTPTypes
import Testing

struct KeyEndpointTests {
    @Test func aSecretIsShownOnceOnly() async throws {
        let server = try await Server()
        let made = try await server.send(.post, "/api/v1/keys", body: #"{"name":"app","environment":"staging"}"#)
        #expect(made.status == 201)
        let secret = try #require(made.object["secret"] as? String)
        #expect(made.object["environment"] as? String == "staging")
        #expect(made.object["role"] as? String == "member")
        #expect(secret.hasPrefix(made.object["hint"] as? String ?? "?"))
        let list = try await server.send(.get, "/api/v1/keys")
        #expect(list.list.count == 2)
        #expect(!list.text.contains(secret))
    }

    @Test func withoutAnEnvironmentTheAskingKeysIsTaken() async throws {
        let made = try await Server().send(.post, "/api/v1/keys", body: #"{"name":"app"}"#)
        #expect(made.object["environment"] as? String == "dev")
        #expect(made.object["expires_at"] is NSNull)
    }

    @Test(arguments: [
        ("", "invalid_body", "no JSON value"), ("{", "invalid_body", "byte 1"), ("[]", "invalid_body", "JSON object"),
        (#"{"name":"a"} x"#, "invalid_body", "byte"), ("{}", "invalid_field", "`name`"),
        (#"{"name":""}"#, "invalid_field", "`name`"), (#"{"name":5}"#, "invalid_field", "string"),
        (#"{"name":"a","name":"b"}"#, "invalid_field", "once"),
        (#"{"name":"a","enviroment":"dev"}"#, "unknown_field", "Did you mean `environment`?"),
        (#"{"name":"a","environment":"Dev!"}"#, "invalid_field", "`environment`"),
        (#"{"name":"a","role":"owner"}"#, "invalid_field", "`member` or `admin`"),
        (#"{"name":"a","expires_at":"tomorrow"}"#, "invalid_field", "`expires_at`"),
        (#"{"name":"a","expires_at":1800000000}"#, "invalid_field", "`expires_at`"),
        (#"{"name":"a","expires_at":"2020-01-01T00:00:00Z"}"#, "invalid_field", "future"),
        (#"{"name":"a","allowed_models":"gpt"}"#, "invalid_field", "array of strings"),
        (#"{"name":"a","allowed_models":["gpt",1]}"#, "invalid_field", "array of strings"),
        (#"{"name":"a","allowed_models":[[[[[[[[[[[[1]]]]]]]]]]]]}"#, "invalid_body", "byte"),
    ])
    func aBodyThatDoesNotFitIsRefused(body: String, code: String, part: String) async throws {
        let answer = try await Server().send(.post, "/api/v1/keys", body: body)
        #expect(answer.status == 400)
        #expect(answer.errorCode == code)
        #expect(answer.errorMessage.contains(part), "\(answer.errorMessage)")
    }

    @Test func aBodyBeyond64KiBIsRefused() async throws {
        let body = #"{"name":""# + String(repeating: "n", count: 65_536) + #""}"#
        let answer = try await Server().send(.post, "/api/v1/keys", body: body)
        #expect(answer.status == 413)
        #expect(answer.errorCode == "body_too_large")
    }

    @Test func aKeyCanBeRenamedLimitedAndGivenAnEnd() async throws {
        let server = try await Server()
        let id = try await makeKey(server)
        let limited = try await server.send(
            .patch, "/api/v1/keys/\(id)",
            body: #"{"name":"b","allowed_models":["m"],"expires_at":"2027-02-01T00:00:00+01:00"}"#
        )
        #expect(limited.object["name"] as? String == "b")
        #expect(limited.object["allowed_models"] as? [String] == ["m"])
        #expect(limited.object["expires_at"] as? String == "2027-01-31T23:00:00.000000Z")
        let freed = try await server.send(
            .patch, "/api/v1/keys/\(id)", body: #"{"allowed_models":null,"expires_at":null}"#)
        #expect(freed.object["name"] as? String == "b")
        #expect(freed.object["allowed_models"] as? [String] == [])
        #expect(freed.object["expires_at"] is NSNull)
    }

    @Test func aChangeOfNothingIsAMistake() async throws {
        let server = try await Server()
        let answer = try await server.send(.patch, "/api/v1/keys/\(try await makeKey(server))", body: "{}")
        #expect(answer.status == 400)
        #expect(answer.errorCode == "invalid_body")
    }

    @Test func unknownKeysAre404AndTheLastAdminIs409() async throws {
        let server = try await Server()
        #expect(try await server.send(.delete, "/api/v1/keys/key_0").errorCode == "key_not_found")
        #expect(try await server.send(.patch, "/api/v1/keys/key_0", body: #"{"name":"x"}"#).status == 404)
        let own = try #require(try await server.send(.get, "/api/v1/keys").list.first?["id"] as? String)
        let answer = try await server.send(.delete, "/api/v1/keys/\(own)")
        #expect(answer.status == 409)
        #expect(answer.errorCode == "last_admin_key")
    }

    @Test func aRevokedKeyStaysInTheListAndCannotBeChanged() async throws {
        let server = try await Server()
        let id = try await makeKey(server)
        #expect(try await server.send(.delete, "/api/v1/keys/\(id)").status == 204)
        #expect(try await server.send(.delete, "/api/v1/keys/\(id)").status == 204)
        let answer = try await server.send(.patch, "/api/v1/keys/\(id)", body: #"{"name":"x"}"#)
        #expect(answer.status == 409)
        #expect(answer.errorCode == "key_revoked")
        let revoked = try await server.send(.get, "/api/v1/keys?status=revoked")
        #expect(revoked.list.map { $0["id"] as? String } == [id])
    }

    @Test func listsCanBeFilteredCountedAndPaged() async throws {
        let server = try await Server()
        for index in 0..<5 {
            let environment = index.isMultiple(of: 2) ? "dev" : "prod"
            let body = #"{"name":"k\#(index)","environment":"\#(environment)"}"#
            #expect(try await server.send(.post, "/api/v1/keys", body: body).status == 201)
        }
        #expect(try await server.send(.get, "/api/v1/keys?role=admin&count=true").object["total"] as? Int == 1)
        #expect(try await server.send(.get, "/api/v1/keys?name=k3").list.count == 1)
        #expect(try await server.send(.get, "/api/v1/keys?environment=prod&role=member").list.count == 2)
        var names: Set<String> = []
        var cursor: String? = ""
        var pages = 0
        while let place = cursor {
            let answer = try await server.send(.get, "/api/v1/keys?limit=2&role=member&count=true&cursor=\(place)")
            #expect(answer.object["total"] as? Int == 5)
            names.formUnion(answer.list.compactMap { $0["name"] as? String })
            cursor = answer.nextCursor
            pages += 1
        }
        #expect(names == ["k0", "k1", "k2", "k3", "k4"])
        #expect(pages == 3)
    }

    private func makeKey(_ server: Server) async throws -> String {
        let made = try await server.send(.post, "/api/v1/keys", body: #"{"name":"a"}"#)
        return try #require(made.object["id"] as? String)
    }
}
