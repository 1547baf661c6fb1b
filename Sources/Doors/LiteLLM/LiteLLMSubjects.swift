import Access
import Runtime
import Storage
import Vocabulary

/// One of LiteLLM's words for somebody who spends.
enum LiteLLMNoun: Sendable {
    case team, user, customer
    /// LiteLLM's other name for customers.
    case endUser

    var path: String {
        switch self {
        case .team: "team"
        case .user: "user"
        case .customer: "customer"
        case .endUser: "end_user"
        }
    }

    var kind: SubjectKind {
        switch self {
        case .team: .team
        case .user: .user
        case .customer, .endUser: .customer
        }
    }

    var dimension: RollupDimension {
        switch self {
        case .team: .team
        case .user: .user
        case .customer, .endUser: .customer
        }
    }

    /// The field, query parameter and list of ids that LiteLLM uses.
    var idField: String { self == .team ? "team_id" : "user_id" }
    var queryName: String { self == .customer || self == .endUser ? "end_user_id" : idField }
    var listField: String { self == .team ? "team_ids" : "user_ids" }
    var nameField: String {
        switch self {
        case .team: "team_alias"
        case .user: "user_alias"
        case .customer, .endUser: "alias"
        }
    }
}

/// LiteLLM's `/team/*`, `/user/*` and `/customer/*` on our subjects.
struct LiteLLMSubjects: Sendable {
    private let noun: LiteLLMNoun
    private let services: DoorServices
    private let budgets: LiteLLMBudgets

    init(_ noun: LiteLLMNoun, _ services: DoorServices) {
        self.noun = noun
        self.services = services
        budgets = LiteLLMBudgets(services)
    }

    private var known: [String] {
        LiteLLMRules.fields + [
            noun.idField, noun.nameField, "models", "metadata", "blocked", "budget_id", "team_id", "teams",
            "user_email", "user_role", "auto_create_key", "key_alias", "duration", "send_invite_email",
        ]
    }

    // MARK: Endpoints

    /// `/user/new` also makes a key, unless `auto_create_key` is false.
    func create(_ request: DoorRequest) async throws -> JSONTree {
        try LiteLLMBody.check(request.body, known: known)
        let new = NewSubject(
            noun.kind, id: request.body[noun.idField]?.text, project: request.project,
            changes: try await changes(request.body, over: nil, request))
        let record = try await services.keys.create(new)
        let answer = row(record, spend: .zero)
        guard noun == .user, request.body["auto_create_key"]?.flag != false else { return answer }
        return answer.with(try await key(for: record, request))
    }

    func info(_ request: DoorRequest) async throws -> JSONTree {
        let id = request.query[noun.queryName] ?? request.query[noun.idField] ?? request.principal?.user ?? ""
        let record = try await services.keys.subject(noun.kind, id: id, project: request.project)
        let answer = row(record, spend: try await spend(record))
        switch noun {
        case .customer, .endUser: return answer
        case .team, .user:
            let keys = try await services.keys.list(project: request.project).filter {
                $0.revokedAt == nil && (noun == .team ? $0.team : $0.user) == id
            }
            let view = LiteLLMKeys(services)
            return [
                noun.idField: .string(id), noun == .team ? "team_info" : "user_info": answer,
                "keys": .array(keys.map { view.row($0, spend: .zero) }), "team_memberships": [], "teams": [],
            ]
        }
    }

    func list(_ request: DoorRequest) async throws -> JSONTree {
        let records = try await services.keys.subjects(noun.kind, project: request.project)
        let sums = try await Spend(services: services, project: request.project).totals(noun.dimension)
        let rows = records.map { row($0, spend: sums[$0.id]?.cost ?? .zero) }
        guard noun == .user else { return .array(rows) }
        let page = max(1, Int(request.query["page"] ?? "") ?? 1)
        let size = min(1_000, max(1, Int(request.query["page_size"] ?? "") ?? 25))
        return [
            "users": .array(Array(rows.dropFirst((page - 1) * size).prefix(size))), "total": .int(Int64(rows.count)),
            "page": .int(Int64(page)), "page_size": .int(Int64(size)),
            "total_pages": .int(Int64((rows.count + size - 1) / size)),
        ]
    }

    func update(_ request: DoorRequest) async throws -> JSONTree {
        try LiteLLMBody.check(request.body, known: known)
        let id = request.body[noun.idField]?.text ?? ""
        let old = try await services.keys.subject(noun.kind, id: id, project: request.project)
        let changes = try await changes(request.body, over: old, request)
        let record = try await services.keys.update(noun.kind, id: id, project: request.project, changes)
        let answer = row(record, spend: try await spend(record))
        return noun == .customer || noun == .endUser
            ? answer : [noun.idField: .string(id), "data": answer]
    }

    func delete(_ request: DoorRequest) async throws -> JSONTree {
        let ids = try ids(request)
        for id in ids { try await services.keys.delete(noun.kind, id: id, project: request.project) }
        return ["deleted_\(noun.path)s": .int(Int64(ids.count)), "message": .string("Deleted: \(ids.count)")]
    }

    /// LiteLLM makes a customer by blocking it.
    func block(_ request: DoorRequest, _ isBlocked: Bool) async throws -> JSONTree {
        var rows: [JSONTree] = []
        for id in try ids(request) {
            var changes = SubjectChanges()
            changes.isBlocked = isBlocked
            let record: SubjectRecord
            do {
                record = try await services.keys.update(noun.kind, id: id, project: request.project, changes)
            } catch KeyError.noSubject where noun.kind == .customer {
                record = try await services.keys.create(
                    NewSubject(noun.kind, id: id, project: request.project, changes: changes))
            }
            rows.append(row(record, spend: try await spend(record)))
        }
        return noun == .team ? rows.first ?? [:] : ["blocked_users": .array(rows)]
    }

    // MARK: Parts

    private func ids(_ request: DoorRequest) throws(DoorError) -> [String] {
        let ids = request.body[noun.listField]?.texts ?? [request.body[noun.idField]?.text].compactMap { $0 }
        guard !ids.isEmpty else { throw .invalid(noun.listField, "a list of ids") }
        return ids
    }

    private func spend(_ record: SubjectRecord) async throws -> Money {
        try await Spend(services: services, project: record.project).cost(noun.dimension, record.id)
    }

    private func changes(
        _ body: JSONTree, over old: SubjectRecord?, _ request: DoorRequest
    ) async throws -> SubjectChanges {
        var changes = SubjectChanges(name: body[noun.nameField]?.text)
        changes.allowedModels = try LiteLLMBody.models(body)
        changes.isBlocked = body["blocked"]?.flag
        if noun == .user { changes.parent = try parent(body) }
        var metadata = body["metadata"].map { LiteLLMBody.metadata($0) }
        for field in ["user_email", "user_role"] {
            guard let text = body[field]?.text else { continue }
            metadata =
                (metadata ?? old?.metadata ?? []).filter { $0.key != field } + [MetadataPair(key: field, value: text)]
        }
        var rules = old?.rules ?? .none
        if let id = body["budget_id"]?.text {
            rules = try await budgets.rules(id, request.project, over: rules)
            metadata =
                (metadata ?? old?.metadata ?? []).filter { $0.key != LiteLLMBody.budgetKey }
                + [MetadataPair(key: LiteLLMBody.budgetKey, value: id)]
        }
        rules = try LiteLLMRules.rules(body, over: rules, now: services.time.now())
        if rules != old?.rules ?? .none { changes.rules = rules }
        changes.metadata = metadata
        return changes
    }

    /// A user here belongs to one team.
    private func parent(_ body: JSONTree) throws(DoorError) -> String?? {
        let teams = (body["teams"]?.elements ?? []).compactMap { $0.text ?? $0["team_id"]?.text }
        guard teams.count <= 1 else {
            throw .notDone("A user in several teams", instead: "Give one team; keys may belong to others.")
        }
        if let team = teams.first ?? body["team_id"]?.text { return .some(team) }
        return nil
    }

    private func key(for user: SubjectRecord, _ request: DoorRequest) async throws -> JSONTree {
        var grants = KeyChanges()
        grants.user = .some(user.id)
        let expiry = try LiteLLMBody.expiry(request.body, now: services.time.now()) ?? nil
        let (key, secret) = try await services.keys.create(
            NewKey(
                name: request.body["key_alias"]?.text ?? user.name, project: request.project,
                environment: request.principal?.environment ?? "production", expiresAt: expiry, grants: grants))
        return ["key": .string(secret), "token": .string(key.id), "expires": .text(expiry.map { RFC3339.format($0) })]
    }

    private func row(_ record: SubjectRecord, spend: Money) -> JSONTree {
        let shown = record.metadata.filter { $0.key != "user_email" && $0.key != "user_role" }
        func pair(_ key: String) -> JSONTree { .text(record.metadata.first { $0.key == key }?.value) }
        let head: JSONTree = [
            noun.idField: .string(record.id), noun.nameField: .string(record.name), "spend": Dollars.number(spend),
            "models": .texts(record.allowedModels), "blocked": .bool(record.isBlocked),
            "metadata": LiteLLMBody.metadata(shown), "budget_id": .text(LiteLLMBody.budgetID(record.metadata)),
            "created_at": .string(RFC3339.format(record.createdAt)),
        ]
        let user: JSONTree =
            noun == .user
            ? [
                "user_email": pair("user_email"), "user_role": pair("user_role"),
                "teams": .texts([record.parent].compactMap { $0 }),
            ] : [:]
        return head.with(user).with(LiteLLMRules.fields(record.rules, now: services.time.now()))
    }
}
