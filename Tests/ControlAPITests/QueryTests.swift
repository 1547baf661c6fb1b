import HTTPTypes
import Storage
import Testing
import Vocabulary

struct QueryTests {
    @Test(arguments: [
        ("limit=0", "invalid_parameter", "1 to 1000"), ("limit=1001", "invalid_parameter", "`limit`"),
        ("limit=-1", "invalid_parameter", "whole number"), ("limit=ten", "invalid_parameter", "`limit`"),
        ("limit=", "invalid_parameter", "`limit`"), ("limit=99999999999999999999", "invalid_parameter", "`limit`"),
        ("limit=1&limit=2", "invalid_parameter", "once"), ("count=yes", "invalid_parameter", "`true` or `false`"),
        ("order=up", "invalid_parameter", "`desc`, `asc`"), ("status=fine", "invalid_parameter", "`cancelled`"),
        ("operation=chats", "invalid_parameter", "`chat`"), ("http_status=99", "invalid_parameter", "100 to 599"),
        ("streamed=1", "invalid_parameter", "`streamed`"), ("trace=12", "invalid_parameter", "32 hexadecimal"),
        ("min_cost_nanodollars=-1", "invalid_parameter", "0 or more"),
        ("min_cost_nanodollars=0.5", "invalid_parameter", "whole number"),
        ("cache=warm", "invalid_parameter", "`semantic_hit`"), ("team=", "invalid_parameter", "`team`"),
        ("min_duration_ms=-1", "invalid_parameter", "three decimals"),
        ("min_duration_ms=1.2345", "invalid_parameter", "three decimals"),
        ("min_duration_ms=.5", "invalid_parameter", "`min_duration_ms`"),
        ("min_duration_ms=1e3", "invalid_parameter", "`min_duration_ms`"),
        ("min_duration_ms=9999999999999", "invalid_parameter", "`min_duration_ms`"),
        ("user=", "invalid_parameter", "`user`"), ("from=yesterday", "invalid_parameter", "milliseconds since"),
        ("from=2026-11-01", "invalid_parameter", "`from`"), ("to=-5", "invalid_parameter", "`to`"),
        ("from=2026-11-01T00:00:00+02:00", "invalid_parameter", "%2B"),
        ("from=2000&to=2000", "invalid_parameter", "before `to`"),
        ("limt=5", "unknown_parameter", "Did you mean `limit`?"),
        ("users=ada", "unknown_parameter", "Did you mean `user`?"),
        ("completely_different_thing=1", "unknown_parameter", "Known are: limit, cursor"),
        ("user=%zz", "invalid_query", "hexadecimal"), ("user=%ff", "invalid_query", "UTF-8"),
        ("user=%4", "invalid_query", "hexadecimal"),
        ("cursor=abc", "invalid_cursor", "next_cursor"), ("cursor=!!!!", "invalid_cursor", "next_cursor"),
    ])
    func whatDoesNotFitIsRefusedByName(query: String, code: String, part: String) async throws {
        let answer = try await Server().send(.get, "/api/v1/requests?\(query)")
        #expect(answer.status == 400)
        #expect(answer.errorCode == code)
        #expect(answer.errorMessage.contains(part), "\(answer.errorMessage)")
    }

    @Test func everyFilterReachesTheStore() async throws {
        let server = try await Server()
        let query = """
            environment=production&from=2026-11-01T00:00:00Z&to=1793491200123&user=ada+l%C3%B6velace&session=s%2F1\
            &feature=f&tag=t&model=gpt-4o&provider=up&key=key_1&operation=text_completion&status=cancelled\
            &http_status=499&error_code=e&streamed=true&trace=000000000000000100000000000000AB\
            &min_cost_nanodollars=1500&min_duration_ms=1.5&limit=7&order=asc\
            &team=t1&customer=acme&route=r&cache=semantic_hit
            """
        #expect(try await server.send(.get, "/api/v1/requests?\(query)").status == 200)
        var filter = SpanFilter(project: "default")
        filter.environment = "production"
        filter.from = RFC3339.parse("2026-11-01T00:00:00Z")
        filter.to = 1_793_491_200_123_000
        (filter.user, filter.session, filter.feature, filter.tag) = ("ada lövelace", "s/1", "f", "t")
        (filter.model, filter.provider, filter.keyID) = ("gpt-4o", "up", "key_1")
        (filter.operation, filter.outcome, filter.httpStatus) = (.textCompletion, .cancelled, 499)
        (filter.errorCode, filter.streamed, filter.traceID) = ("e", true, TraceID(high: 1, low: 0xAB))
        (filter.team, filter.customer, filter.route, filter.cache) = ("t1", "acme", "r", .semanticHit)
        (filter.minimumCost, filter.minimumDuration) = (Money(nanodollars: 1_500), 1_500)
        #expect(server.events.lastSpanQuery == SpanQuery(filter: filter, limit: 7, descending: false))
    }

    @Test func withoutParametersTheNewestFiftyAreMeant() async throws {
        let server = try await Server()
        _ = try await server.send(.get, "/api/v1/requests?")
        #expect(server.events.lastSpanQuery == SpanQuery(filter: SpanFilter(project: "default"), limit: 50))
    }

    @Test func endpointsWithoutParametersSaySo() async throws {
        let answer = try await Server().send(.get, "/api/v1/status?verbose=1")
        #expect(answer.status == 400)
        #expect(answer.errorMessage.contains("takes none"))
    }
}
