import ControlAPI
import HTTPTypes
import Storage
import Testing
import Vocabulary

private struct RecordingReplay: TrafficReplay, BillReconciliation {
    let questions = Box<[ReplayQuestion]>([])
    let bills = Box<[ProviderBill]>([])

    func replay(_ question: ReplayQuestion) async throws -> [UInt8] {
        guard question.changes == Array("{}".utf8) else { throw TrafficReplayError(message: "changes.x is not known.") }
        questions.value.append(question)
        return Array(#"{"calls":1}"#.utf8)
    }

    func reconcile(_ bill: ProviderBill) async throws -> [UInt8] {
        guard !bill.export.isEmpty else { throw BillReconciliationError(message: "The export is empty.") }
        bills.value.append(bill)
        return Array(#"{"agrees":true}"#.utf8)
    }
}

struct ReplayEndpointTests {
    private func server() async throws -> (Server, RecordingReplay) {
        var server = try await Server()
        let replay = RecordingReplay()
        server.services.replay = replay
        server.services.reconciliation = replay
        return (server, replay)
    }

    @Test func aQuestionHasTheFiltersOfTheList() async throws {
        let (server, replay) = try await server()
        let body = """
            {"from":"2026-11-01T00:00:00Z","to":"2026-11-02T00:00:00Z","limit":10,"seed":3,
            "filter":{"model":"m","streamed":true,"tag":"a"}}
            """
        #expect(try await server.send(.post, "/api/v1/what-if", body: body).object["calls"] as? Int == 1)
        var filter = SpanFilter(project: "default")
        filter.from = RFC3339.parse("2026-11-01T00:00:00Z")
        filter.to = RFC3339.parse("2026-11-02T00:00:00Z")
        filter.model = "m"
        filter.streamed = true
        filter.tag = "a"
        #expect(
            replay.questions.value == [ReplayQuestion(filter: filter, changes: Array("{}".utf8), limit: 10, seed: 3)])
    }

    @Test(arguments: [
        ("{}", 400, "`from`"), (#"{"from":1,"to":0}"#, 400, "before `to`"),
        (#"{"from":0,"to":1,"filter":{"modle":"x"}}"#, 400, "Did you mean `model`?"),
        (#"{"from":0,"to":1,"limit":1000000}"#, 400, "`limit`"),
        (#"{"from":0,"to":1,"changes":{"x":1}}"#, 422, "changes.x is not known."),
    ])
    func aQuestionThatCannotBeAskedSaysWhy(body: String, status: Int, message: String) async throws {
        let answer = try await server().0.send(.post, "/api/v1/what-if", body: body)
        #expect(answer.status == status)
        #expect(answer.errorMessage.contains(message), "\(answer.errorMessage)")
    }

    @Test func aBillArrivesWhole() async throws {
        let (server, replay) = try await server()
        let path = "/api/v1/reconcile?provider=up&from=2026-11-01T00:00:00Z&tolerance=0.05"
        #expect(try await server.send(.post, path, body: "a,b\n").object["agrees"] as? Bool == true)
        let bill = try #require(replay.bills.value.first)
        #expect(bill.provider == "up" && bill.tolerance == 0.05 && bill.export == Array("a,b\n".utf8))
        #expect(bill.from == RFC3339.parse("2026-11-01T00:00:00Z") && bill.to == nil)
    }

    @Test func aBillWithoutProviderOrContentIsRefused() async throws {
        let server = try await server().0
        #expect(try await server.send(.post, "/api/v1/reconcile", body: "x").errorMessage.contains("`provider`"))
        let empty = try await server.send(.post, "/api/v1/reconcile?provider=up")
        #expect(empty.status == 422 && empty.errorCode == "invalid_export")
        let odd = try await server.send(.post, "/api/v1/reconcile?provider=up&tolerance=2", body: "x")
        #expect(odd.status == 400)
    }
}
