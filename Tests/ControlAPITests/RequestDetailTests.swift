import Foundation
import HTTPTypes
import Storage
import Testing
import Vocabulary

struct RequestDetailTests {
    private let shell = ContentHash(high: 1, low: 1)
    private let messageOne = ContentHash(high: 1, low: 2)
    private let messageTwo = ContentHash(high: 1, low: 3)
    private let answerShell = ContentHash(high: 1, low: 4)

    @Test func bodiesComeBackWithLargeNumbersAndTheOrderOfKeys() async throws {
        let server = try await Server()
        try server.events.append(batch(shell: #"{"z":12345678901234567890123,"a":1.10,"model":"gpt-4o-mini"}"#))
        let text = try await server.send(.get, "/api/v1/requests/\(Fixtures.id(1).uuid)").text
        #expect(text.contains(#""body":{"z":12345678901234567890123,"a":1.10,"model":"gpt-4o-mini","messages":["#))
        #expect(text.contains(#""messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}]"#))
    }

    @Test func theIdMayComeWithoutHyphens() async throws {
        let server = try await Server()
        try server.events.append(batch(shell: "{}"))
        #expect(try await server.send(.get, "/api/v1/requests/\(Fixtures.id(1).hex)").status == 200)
    }

    @Test func timingAndReceiptAreExact() async throws {
        let server = try await Server()
        try server.events.append(batch(shell: "{}"))
        let text = try await server.send(.get, "/api/v1/requests/\(Fixtures.id(1).uuid)").text
        #expect(
            text.contains(
                #""timing":{"admitted_ms":0,"connected_ms":0.1,"first_byte_ms":20.05,"first_token_ms":20.5,"#
                    + #""ended_ms":1234.56}"#
            )
        )
        #expect(
            text.contains(
                #""total_nanodollars":1500,"lines":[{"bucket":"input","quantity":10,"#
                    + #""nanodollars_per_million":150000000,"amount_nanodollars":1500}]"#
            )
        )
        #expect(text.contains(#""metadata":{"k":"v"}"#))
    }

    @Test func aBodyThatIsNoJSONIsShownAsText() async throws {
        let server = try await Server()
        try server.events.append(batch(shell: #"{"@text":"<html>busy</html>"}"#, withParts: false))
        let object = try await server.send(.get, "/api/v1/requests/\(Fixtures.id(1).uuid)").object
        let request = try #require(object["request"] as? [String: Any])
        #expect(request["text"] as? String == "<html>busy</html>")
        #expect(request["body"] == nil)
    }

    @Test func aBodyThatWasNeverThereIsNull() async throws {
        let server = try await Server()
        try server.events.append(EventBatch(spans: [Fixtures.span()]))
        let text = try await server.send(.get, "/api/v1/requests/\(Fixtures.id(1).uuid)").text
        #expect(text.contains(#""request":{"messages":[],"body":null},"response":{"messages":[],"body":null}}"#))
    }

    @Test func damagedContentCannotBreakOutOfTheAnswer() async throws {
        let server = try await Server()
        var damaged = batch(shell: #"{"model":"m"}"#)
        for index in damaged.contents.indices where damaged.contents[index].hash == messageOne {
            damaged.contents[index].bytes = Array(#"{"role":"user"},"injected":true,{"#.utf8)
        }
        try server.events.append(damaged)
        let answer = try await server.send(.get, "/api/v1/requests/\(Fixtures.id(1).uuid)")
        #expect(!answer.object.isEmpty)
        #expect(!answer.text.contains("injected"))
    }

    @Test(arguments: ["nonsense", "01920000-0000-7000-8000-00000000000f", "%2e%2e"])
    func anUnknownIdIs404(id: String) async throws {
        let answer = try await Server().send(.get, "/api/v1/requests/\(id)")
        #expect(answer.status == 404)
        #expect(answer.errorMessage.contains("x-signalbox-request-id"))
    }

    private func batch(shell text: String, withParts: Bool = true) -> EventBatch {
        var span = Fixtures.fullSpan()
        let parts = [BodyManifest.Part(key: "messages", isList: true, hashes: [messageOne, messageTwo])]
        span.input = BodyManifest(shell: shell, parts: withParts ? parts : [])
        span.output = BodyManifest(shell: answerShell)
        return EventBatch(
            spans: [span],
            contents: [
                piece(shell, text), piece(messageOne, #"{"role":"system","content":"s"}"#),
                piece(messageTwo, #"{"role":"user","content":"u"}"#), piece(answerShell, #"{"id":"x"}"#),
            ]
        )
    }

    private func piece(_ hash: ContentHash, _ text: String) -> ContentPiece {
        ContentPiece(hash: hash, project: "default", bytes: Array(text.utf8))
    }
}
