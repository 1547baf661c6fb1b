import Doors
import HTTPTypes
import Testing

/// Every client's way of sending its secret, and what strangers get.
@Suite struct Secrets {
    @Test(arguments: [
        ("/openrouter/api/v1/credits", "authorization", "Bearer "), ("/portkey/v1/configs", "x-portkey-api-key", ""),
        ("/litellm/key/list", "authorization", "Bearer "), ("/litellm/key/list", "authorization", ""),
        ("/litellm/key/list", "x-litellm-api-key", "Bearer "), ("/litellm/key/list", "x-api-key", ""),
    ])
    func areReadFromWhereClientsPutThem(_ path: String, _ header: String, _ prefix: String) async throws {
        let server = try await DoorServer()
        let name = try #require(HTTPField.Name(header))
        let good = try await server.send(.get, path, headers: [name: prefix + DoorServer.adminSecret])
        let bad = try await server.send(.get, path, headers: [name: prefix + "sk-wrong"])
        #expect(good.status == 200)
        #expect(bad.status == 401)
    }

    /// Portkey's client sends `Bearer OPENAI_API_KEY` beside its own header.
    @Test func aMadeUpBearerBesideAGoodKeyIsNoHarm() async throws {
        let server = try await DoorServer()
        let own = try #require(HTTPField.Name("x-portkey-api-key"))
        let headers: HTTPFields = [.authorization: "Bearer OPENAI_API_KEY", own: DoorServer.adminSecret]
        #expect(try await server.send(.get, "/portkey/v1/models", headers: headers).status == 200)
    }

    @Test func aMemberKeyAdministersNothing() async throws {
        let server = try await DoorServer()
        let made = try await server.send(.post, "/litellm/key/generate", ["key_alias": "m"])
        let secret = try #require(made.body["key"]?.text)
        let headers: HTTPFields = [.authorization: "Bearer \(secret)"]
        #expect(try await server.send(.post, "/litellm/key/generate", [:], headers: headers).status == 403)
        #expect(try await server.send(.get, "/litellm/key/info?key=\(secret)", headers: headers).status == 403)
        #expect(try await server.send(.get, "/litellm/key/info", headers: headers).status == 200)
        #expect(try await server.send(.get, "/openrouter/api/v1/key", headers: headers).status == 200)
    }

    @Test func unknownPathsSayWhereToLook() async throws {
        let server = try await DoorServer()
        let answer = try await server.send(.get, "/litellm/nonsense")
        #expect(answer.status == 404)
        #expect(answer.body["error"]?["message"]?.text?.contains("docs/compat.md") == true)
    }
}
