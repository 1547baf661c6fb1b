import Access
import Bytes
import HTTPTypes
import Hummingbird
import Storage
import Vocabulary

/// `/what-if`.
func whatIfEndpoints(_ services: ControlServices) -> [Endpoint] {
    [
        .admin(.post, "/what-if", scope: .recordsRead) { request, principal in
            try await answer(request, principal, services)
        }
    ]
}

private let members = ["from", "to", "filter", "changes", "limit", "seed"]

private func answer(
    _ request: ControlRequest, _ principal: Principal, _ services: ControlServices
) async throws -> Response {
    let question = try await question(request, principal)
    guard let replay = services.replay else { throw APIError.unavailable("Nothing is recorded here.") }
    let report = try await outcome(of: question, replay)
    return Answers.bytes(report, type: "application/json")
}

@inline(never)
private func question(_ request: ControlRequest, _ principal: Principal) async throws -> ReplayQuestion {
    let body = try await request.bytes(atMost: 1 << 20)
    return try read(body, project: principal.project)
}

@inline(never)
private func read(_ body: [UInt8], project: ProjectID) throws -> ReplayQuestion {
    try ReplayQuestion(BodyMembers(body, known: members), project: project)
}

@inline(never)
private func outcome(of question: ReplayQuestion, _ replay: any TrafficReplay) async throws -> [UInt8] {
    do {
        return try await replay.replay(question)
    } catch let error as TrafficReplayError {
        throw APIError(status: .unprocessableContent, code: "invalid_changes", message: error.message)
    }
}

/// The most calls that one replay looks at: some 20 MB of memory and a few seconds.
private let mostCalls: Int64 = 200_000

extension ReplayQuestion {
    @inline(never)
    fileprivate init(_ fields: BodyMembers, project: ProjectID) throws {
        var filter = try RequestFilters.read(try filterItems(fields), project: project)
        filter.from = try fields.required("from", filter.from)
        filter.to = try fields.required("to", filter.to)
        self.init(
            filter: filter, changes: try fields.object("changes") ?? Array("{}".utf8),
            limit: Int(try fields.integer("limit", in: 1...mostCalls) ?? mostCalls),
            seed: UInt64(try fields.integer("seed", in: 0...Int64.max) ?? 1)
        )
    }
}

/// The filter's members are the parameters of `/requests`; `from` and `to` stand beside it.
private func filterItems(_ fields: BodyMembers) throws(APIError) -> QueryItems {
    let object = try fields.object("filter") ?? Array("{}".utf8)
    let pairs = object.withUnsafeBytes { bytes in
        JSONView(validated: bytes).members.map { key, value in
            (key.string, value.string ?? String(decoding: value.raw, as: UTF8.self))
        }
    }
    var times: [(String, String)] = []
    for name in ["from", "to"] {
        if let text = try fields.scalar(name) { times.append((name, text)) }
    }
    let known = RequestFilters.parameters.filter { $0 != "from" && $0 != "to" }
    return try QueryItems(pairs: pairs, known: known).adding(times)
}

extension BodyMembers {
    /// A text, or a number as its text.
    fileprivate func scalar(_ name: String) throws(APIError) -> String? {
        guard let bytes = self[name] else { return nil }
        return bytes.first == UInt8(ascii: "\"") ? try text(name) : String(decoding: bytes, as: UTF8.self)
    }
}
