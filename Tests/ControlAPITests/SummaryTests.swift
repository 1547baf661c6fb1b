import Foundation
import HTTPTypes
import Storage
import Testing
import Vocabulary

struct SummaryTests {
    private let now: UnixMicroseconds = 1_800_000_000_000_000

    @Test func withoutParametersTheLastDayIsMeantByTheHour() async throws {
        let server = try await Server()
        #expect(try await server.send(.get, "/api/v1/summary").status == 200)
        let query = try #require(server.events.seriesQueries.first)
        #expect(query.to == now)
        #expect(query.from == now - RollupGrain.day.width)
        #expect(query.grain == .hour)
        #expect(query.dimension == .total)
        #expect(query.limit == 20)
    }

    @Test(arguments: [
        ("2027-01-01T00:00:00Z", "2027-01-01T06:00:00Z", "minute"),
        ("2027-01-01T00:00:00Z", "2027-01-01T06:00:00.000001Z", "hour"),
        ("2027-01-01T00:00:00Z", "2027-01-15T00:00:00Z", "hour"),
        ("2027-01-01T00:00:00Z", "2027-01-15T00:00:01Z", "day"),
    ])
    func theIntervalSuitsTheLength(from: String, to: String, interval: String) async throws {
        let answer = try await Server().send(.get, "/api/v1/summary?from=\(from)&to=\(to)")
        #expect(answer.object["interval"] as? String == interval)
    }

    @Test func theBeginningIsRoundedDownToTheInterval() async throws {
        let answer = try await Server().send(
            .get, "/api/v1/summary?from=2027-01-01T10:20:30Z&to=2027-01-01T12:00:00Z&interval=hour"
        )
        #expect(answer.object["from"] as? String == "2027-01-01T10:00:00.000000Z")
        #expect(answer.object["to"] as? String == "2027-01-01T12:00:00.000000Z")
    }

    @Test(arguments: [
        ("from=2027-01-01T00:00:00Z&to=2027-01-10T00:00:00Z&interval=minute", "12960"),
        ("from=0&to=253402300799999&interval=day", "buckets"),
        ("from=2027-01-02T00:00:00Z&to=2027-01-01T00:00:00Z", "before `to`"),
        ("interval=week", "`minute`, `hour`, `day`"), ("group_by=colour", "`model`"), ("limit=0", "1 to 1000"),
        ("value=x", "group_by"),
    ])
    func rangesThatMakeNoSenseAreRefused(query: String, part: String) async throws {
        let answer = try await Server().send(.get, "/api/v1/summary?\(query)")
        #expect(answer.status == 400)
        #expect(answer.errorCode == "invalid_parameter")
        #expect(answer.errorMessage.contains(part), "\(answer.errorMessage)")
    }

    @Test func groupsAreAskedForOnceAndTheirTotalApart() async throws {
        let server = try await Server()
        _ = try await server.send(.get, "/api/v1/summary?group_by=tag&environment=dev&limit=5")
        let queries = server.events.seriesQueries
        #expect(queries.map(\.dimension) == [.tag, .total])
        #expect(queries.map(\.limit) == [5, 1])
        #expect(queries.allSatisfy { $0.environment == "dev" && $0.project == "default" })
    }

    @Test func oneGroupIsItsOwnTotal() async throws {
        let server = try await Server()
        _ = try await server.send(.get, "/api/v1/summary?group_by=user&value=ada")
        #expect(server.events.seriesQueries.map(\.value) == ["ada"])
    }

    @Test func figuresAreExactAndQuantilesAreMilliseconds() async throws {
        let server = try await Server()
        server.events.setSeries([Fixtures.seriesGroup])
        let text = try await server.send(.get, "/api/v1/summary?group_by=model").text
        #expect(
            text.contains(
                #""calls":2,"errors":1,"cancelled":0,"input_tokens":15,"cached_tokens":5,"output_tokens":20,"#
                    + #""cost_nanodollars":1500,"unpriced":1,"saved_nanodollars":1500,"latency_ms":{"p50":1310.719"#
            )
        )
    }

    @Test func noCallsMeanNoQuantiles() async throws {
        let text = try await Server().send(.get, "/api/v1/summary").text
        #expect(text.contains(#""latency_ms":null,"time_to_first_token_ms":null},"groups":[]}"#))
    }
}
