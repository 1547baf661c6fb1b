import ControlAPI
import Foundation
import HTTPTypes
import Testing

struct SystemTests {
    @Test(arguments: [(HealthState.ok, 200), (.replaying, 503), (.stopping, 503)])
    func healthSaysWhetherRequestsAreTaken(state: HealthState, status: Int) async throws {
        let server = try await Server()
        server.health.value = state
        let answer = try await server.send(.get, "/api/v1/health", key: nil)
        #expect(answer.status == status)
        #expect(answer.text == #"{"status":"\#(state.rawValue)"}"#)
    }

    @Test func aReloadSaysWhatChanged() async throws {
        let answer = try await Server().send(.post, "/api/v1/reload")
        #expect(answer.text == #"{"reloaded":true,"changes":["provider up: added"]}"#)
    }

    @Test func aRefusedReloadSaysWhy() async throws {
        let server = try await Server()
        server.reload.value = .failure(ReloadFailure(message: "line 4: unknown key `lisen`"))
        let answer = try await server.send(.post, "/api/v1/reload")
        #expect(answer.status == 422)
        #expect(answer.errorCode == "reload_failed")
        #expect(answer.errorMessage.contains("line 4: unknown key `lisen`"))
    }

    @Test func metricsAreEscapedAsTheFormatSays() async throws {
        let answer = try await Server().send(.get, "/metrics", key: nil)
        #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(
            answer.text == #"""
                # HELP signalbox_requests_total Calls by model.\nAll of them: a\\b.
                # TYPE signalbox_requests_total counter
                signalbox_requests_total{model="a\"b\\c\nd",status="ok"} 3
                # HELP signalbox_duration_seconds Durations.
                # TYPE signalbox_duration_seconds histogram
                signalbox_duration_seconds_bucket{le="+Inf"} 2
                signalbox_duration_seconds_sum 0.5
                signalbox_duration_seconds_count +Inf

                """#
        )
    }

    @Test func modelsAreSortedFilteredAndPaged() async throws {
        let server = try await Server()
        let all = try await server.send(.get, "/api/v1/models").list
        #expect(all.map { $0["provider"] as? String } == ["backup", "claude", "up"])
        #expect(try await server.send(.get, "/api/v1/models?capability=vision").list.count == 1)
        #expect(try await server.send(.get, "/api/v1/models?dialect=anthropic&provider=backup").list.count == 1)
        #expect(try await server.send(.get, "/api/v1/models?name=gpt-4o-mini&count=true").object["total"] as? Int == 1)
        let first = try await server.send(.get, "/api/v1/models?limit=2")
        let cursor = try #require(first.nextCursor)
        let second = try await server.send(.get, "/api/v1/models?limit=2&cursor=\(cursor)")
        #expect(second.list.map { $0["name"] as? String } == ["gpt-4o-mini"])
        #expect(second.nextCursor == nil)
    }

    @Test func aPriceShowsItsTiers() async throws {
        let text = try await Server().send(.get, "/api/v1/models?name=gpt-4o-mini").text
        #expect(
            text.contains(#""nanodollars_per_million":{"input":150000000,"output":600000000},"tiers":[{"plan":"batch""#)
        )
    }
}
