import SignalboxClient
import Testing

@Suite(.timeLimit(.minutes(1))) struct ErrorsTests {
    private func failure(_ url: String, timeout: Duration = .seconds(30)) async -> SignalboxError? {
        await #expect(throws: SignalboxError.self) {
            _ = try await SignalboxClient(baseURL: url, key: "admin", timeout: timeout).status()
        }
    }

    @Test func serversErrorsKeepCodeMessageAndID() async throws {
        let body = #"{"error":{"code":"admin_required","message":"Use an admin key.","request_id":"r1"}}"#
        try await StubServer.with({ _ in .init(status: 403, pieces: [body]) }) { server in
            let error = await failure(server.url)
            let expected = SignalboxError(
                status: 403, code: "admin_required", message: "Use an admin key.", requestID: "r1")
            #expect(error == expected)
        }
    }

    @Test func othersErrorPagesAreNotTakenForOurs() async throws {
        try await StubServer.with({ _ in .init(status: 502, pieces: ["<html>bad gateway</html>"]) }) { server in
            let error = await failure(server.url)
            #expect(error?.status == 502 && error?.code == "invalid_answer")
        }
    }

    @Test func answersOfAnotherShapeSaySo() async throws {
        try await StubServer.with({ _ in .init(pieces: ["{}"]) }) { server in
            #expect(await failure(server.url)?.code == "invalid_answer")
        }
    }

    @Test func silentServersMeetTheDeadline() async throws {
        try await StubServer.with({ _ in nil }) { server in
            #expect(await failure(server.url, timeout: .milliseconds(50))?.code == "deadline_exceeded")
        }
    }

    @Test func bodiesThatNeverEndMeetTheDeadline() async throws {
        try await StubServer.with({ _ in .init(pieces: ["{"], ends: false) }) { server in
            #expect(await failure(server.url, timeout: .milliseconds(50))?.code == "deadline_exceeded")
        }
    }

    @Test func closedPortsAreUnreachable() async throws {
        var url = ""
        try await StubServer.with({ _ in nil }) { url = $0.url }
        #expect(await failure(url)?.code == "unreachable")
    }

    @Test(arguments: ["127.0.0.1:8080", "", "ftp://h", "http://"])
    func baseURLsNeedAScheme(url: String) async {
        #expect(await failure(url)?.code == "invalid_url")
    }
}
