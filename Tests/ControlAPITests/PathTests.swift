import HTTPTypes
import Testing

struct PathTests {
    @Test(arguments: ["/api/v1", "/api/v1/nothing", "/api/v1/requests/1/2", "/api/v1/keys/a/b/c"])
    func anUnknownPathIs404InTheDocumentedShape(path: String) async throws {
        let answer = try await Server().send(.get, path, key: nil)
        #expect(answer.status == 404)
        #expect(answer.errorCode == "not_found")
        #expect(answer.text.contains(#""request_id":"01920000-0000-7000-8000-000000000000""#))
    }

    @Test(arguments: [
        (HTTPRequest.Method.post, "/api/v1/requests", "GET, HEAD"), (.put, "/api/v1/keys/k", "DELETE, PATCH"),
        (.get, "/api/v1/reload", "POST"), (.delete, "/metrics", "GET, HEAD"),
    ])
    func aWrongMethodIs405AndNamesTheRightOnes(method: HTTPRequest.Method, path: String, allow: String) async throws {
        let answer = try await Server().send(method, path)
        #expect(answer.status == 405)
        #expect(answer.errorCode == "method_not_allowed")
        #expect(answer.headers[.allow] == allow)
    }

    @Test func headAnswersWithoutABody() async throws {
        let answer = try await Server().send(.head, "/api/v1/health", key: nil)
        #expect(answer.status == 200)
        #expect(answer.body.isEmpty)
        #expect(answer.headers[.contentLength] == "15")
    }
}
