import Access
import HTTPTypes
import Runtime
import Storage
import Vocabulary

/// LiteLLM's named budgets: rules that are written once and given to many.
///
/// Who has one holds a copy of its rules and its name; a change is copied to everybody who has it.
struct LiteLLMBudgets: Sendable {
    private let services: DoorServices
    private let shelf: DoorShelf

    init(_ services: DoorServices) {
        self.services = services
        shelf = DoorShelf("litellm.budgets", services.records)
    }

    private static let known = LiteLLMRules.fields + ["budget_id"]

    func create(_ request: DoorRequest) async throws -> JSONTree {
        try LiteLLMBody.check(request.body, known: Self.known)
        let id = request.body["budget_id"]?.text ?? request.id.uuid
        guard try await shelf.document(id, request.project) == nil else {
            throw DoorError(
                .conflict, "budget_exists", "There is a budget `\(id.prefix(100))` already. Use /budget/update.")
        }
        return try await save(id, request.body, request)
    }

    func update(_ request: DoorRequest) async throws -> JSONTree {
        try LiteLLMBody.check(request.body, known: Self.known)
        let id = request.body["budget_id"]?.text ?? ""
        let old = try await find(id, request.project)
        let kept = old.members.filter { member in !request.body.members.contains { $0.key == member.key } }
        let answer = try await save(id, .object(kept).with(request.body), request)
        try await giveAgain(id, request.project)
        return answer
    }

    func info(_ request: DoorRequest) async throws -> JSONTree {
        var rows: [JSONTree] = []
        for id in request.body["budgets"]?.texts ?? [] { rows.append(row(id, try await find(id, request.project))) }
        return .array(rows)
    }

    func list(_ request: DoorRequest) async throws -> JSONTree {
        .array(try await shelf.all(request.project).map { row($0.id, $0.document ?? [:]) })
    }

    /// Those who have it keep their copy of its rules.
    func delete(_ request: DoorRequest) async throws -> JSONTree {
        let id = request.body["id"]?.text ?? request.body["budget_id"]?.text ?? ""
        let document = try await find(id, request.project)
        try await shelf.put(id, nil, request.project)
        return row(id, document)
    }

    /// The rules of a named budget, over others.
    func rules(_ id: String, _ project: ProjectID, over old: SpendingRules) async throws -> SpendingRules {
        try LiteLLMRules.rules(try await find(id, project), over: old, now: services.time.now())
    }

    // MARK: Parts

    private func find(_ id: String, _ project: ProjectID) async throws -> JSONTree {
        guard let document = try await shelf.document(id, project) else {
            throw DoorError.notFound("There is no budget `\(id.prefix(100))`. /budget/list shows those that exist.")
        }
        return document
    }

    private func save(_ id: String, _ body: JSONTree, _ request: DoorRequest) async throws -> JSONTree {
        let rules = try LiteLLMRules.rules(body, now: services.time.now())
        if let problem = rules.problems.first { throw DoorError(.badRequest, "invalid_field", problem) }
        let document = JSONTree.object(body.members.filter { $0.key != "budget_id" })
        try await shelf.put(id, document, request.project)
        return row(id, document)
    }

    private func row(_ id: String, _ document: JSONTree) -> JSONTree {
        let now = services.time.now()
        let rules = (try? LiteLLMRules.rules(document, now: now)) ?? .none
        return (["budget_id": .string(id)] as JSONTree).with(LiteLLMRules.fields(rules, now: now))
    }

    /// Copies the rules to everybody who has the budget.
    private func giveAgain(_ id: String, _ project: ProjectID) async throws {
        for key in try await services.keys.list(project: project)
        where key.revokedAt == nil && LiteLLMBody.budgetID(key.metadata) == id {
            var changes = KeyChanges()
            changes.rules = try await rules(id, project, over: key.rules)
            _ = try await services.keys.update(id: key.id, project: project, changes)
        }
        for kind in [SubjectKind.team, .user, .customer] {
            for subject in try await services.keys.subjects(kind, project: project)
            where LiteLLMBody.budgetID(subject.metadata) == id {
                var changes = SubjectChanges()
                changes.rules = try await rules(id, project, over: subject.rules)
                _ = try await services.keys.update(kind, id: subject.id, project: project, changes)
            }
        }
    }
}
