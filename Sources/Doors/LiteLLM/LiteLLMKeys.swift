import Access
import Runtime
import Storage
import Vocabulary

/// LiteLLM's `/key/*` on our keys. `token` is the key's id; the secret is shown once, by the call that makes it.
struct LiteLLMKeys: Sendable {
    let services: DoorServices
    let budgets: LiteLLMBudgets

    init(_ services: DoorServices) {
        self.services = services
        budgets = LiteLLMBudgets(services)
    }

    private static let known =
        LiteLLMRules.fields + [
            "key", "key_alias", "models", "aliases", "duration", "team_id", "user_id", "metadata", "tags", "blocked",
            "budget_id", "key_type", "grace_period", "key_name", "send_invite_email",
        ]

    // MARK: Endpoints

    func generate(_ request: DoorRequest) async throws -> JSONTree {
        try LiteLLMBody.check(request.body, known: Self.known)
        guard request.body["key"] == nil else {
            throw DoorError.notDone("A secret of your own", instead: "Leave `key` out: secrets are made here.")
        }
        var changes = try await changes(request.body, over: .none, request)
        let name = request.body["key_alias"]?.text ?? "litellm-\(request.id.hex.suffix(8))"
        let expiry = changes.expiresAt ?? nil
        let models = changes.allowedModels ?? []
        (changes.name, changes.expiresAt, changes.allowedModels) = (nil, nil, nil)
        let (key, secret) = try await services.keys.create(
            NewKey(
                name: name, project: request.project, environment: request.principal?.environment ?? "production",
                expiresAt: expiry, allowedModels: models, grants: changes))
        return row(key, spend: .zero).with(["key": .string(secret), "token_id": .string(key.id)])
    }

    func update(_ request: DoorRequest) async throws -> JSONTree {
        try LiteLLMBody.check(request.body, known: Self.known)
        let key = try await find(request.body["key"]?.text, request)
        let changes = try await changes(request.body, over: key, request)
        let changed = try await services.keys.update(id: key.id, project: request.project, changes)
        return row(changed, spend: try await spend(key, request)).with(["key": .string(key.id)])
    }

    /// Revokes: calls and sums stay.
    func delete(_ request: DoorRequest) async throws -> JSONTree {
        let aliases = request.body["key_aliases"]?.texts ?? []
        var found: [KeyRecord] = []
        for secret in request.body["keys"]?.texts ?? [] { found.append(try await find(secret, request)) }
        let all = try await services.keys.list(project: request.project)
        for alias in aliases {
            guard let key = all.first(where: { $0.name == alias && $0.revokedAt == nil }) else {
                throw KeyError.notFound(id: alias)
            }
            found.append(key)
        }
        guard !found.isEmpty else { throw DoorError.invalid("keys", "a list of keys, or `key_aliases` given") }
        for key in found { try await services.keys.revoke(id: key.id, project: request.project) }
        return ["deleted_keys": .texts(found.map(\.id))]
    }

    /// Anybody may look at the key that asks; others are an admin's to see.
    func info(_ request: DoorRequest) async throws -> JSONTree {
        let asked = request.query["key"] ?? ""
        if !asked.isEmpty { try request.requireAdmin() }
        let key = try await find(asked.isEmpty ? request.principal?.keyID : asked, request)
        return [
            "key": .string(asked.isEmpty ? key.id : asked), "info": row(key, spend: try await spend(key, request)),
        ]
    }

    func regenerate(_ request: DoorRequest) async throws -> JSONTree {
        try LiteLLMBody.check(request.body, known: Self.known)
        let key = try await find(request.path["key"] ?? request.body["key"]?.text, request)
        var grace: Microseconds = 0
        if let text = request.body["grace_period"]?.text {
            guard case .every(let length, _)? = BudgetWindow(text) else {
                throw DoorError.invalid("grace_period", "a length such as `24h`")
            }
            grace = length
        }
        let (_, secret) = try await services.keys.rotate(id: key.id, project: request.project, grace: grace)
        let changes = try await changes(request.body, over: key, request)
        let changed =
            changes == KeyChanges()
            ? key : try await services.keys.update(id: key.id, project: request.project, changes)
        return row(changed, spend: try await spend(key, request)).with([
            "key": .string(secret), "key_name": .string(String(secret.prefix(7)) + "..."), "token_id": .string(key.id),
        ])
    }

    func list(_ request: DoorRequest) async throws -> JSONTree {
        let page = max(1, Int(request.query["page"] ?? "") ?? 1)
        let size = min(1_000, max(1, Int(request.query["size"] ?? "") ?? 10))
        let keys = try await services.keys.list(project: request.project).filter { key in
            key.revokedAt == nil && matches(key.user, request.query["user_id"])
                && matches(key.team, request.query["team_id"]) && matches(key.name, request.query["key_alias"])
        }
        let shown = keys.dropFirst((page - 1) * size).prefix(size)
        let sums = try await Spend(services: services, project: request.project).totals(.key)
        let isFull = request.query["return_full_object"]?.lowercased() == "true"
        return [
            "keys": .array(shown.map { isFull ? row($0, spend: sums[$0.id]?.cost ?? .zero) : .string($0.id) }),
            "total_count": .int(Int64(keys.count)), "current_page": .int(Int64(page)),
            "total_pages": .int(Int64((keys.count + size - 1) / size)),
        ]
    }

    func aliases(_ request: DoorRequest) async throws -> JSONTree {
        let keys = try await services.keys.list(project: request.project).filter { $0.revokedAt == nil }
        return ["aliases": .texts(keys.map(\.name))]
    }

    func block(_ request: DoorRequest, _ isBlocked: Bool) async throws -> JSONTree {
        let key = try await find(request.body["key"]?.text, request)
        var changes = KeyChanges()
        changes.isBlocked = isBlocked
        let changed = try await services.keys.update(id: key.id, project: request.project, changes)
        return row(changed, spend: try await spend(key, request))
    }
}

extension LiteLLMKeys {
    private func matches(_ value: String?, _ wanted: String?) -> Bool {
        guard let wanted, !wanted.isEmpty else { return true }
        return value == wanted
    }

    /// The key that a secret or an id names.
    private func find(_ text: String?, _ request: DoorRequest) async throws -> KeyRecord {
        guard let text, !text.isEmpty else { throw DoorError.invalid("key", "given: a key's secret, or its `token`") }
        var id = text
        if case .success(let principal) = services.keySnapshot().principal(
            forSecret: text[...], now: services.time.now())
        {
            id = principal.keyID
        }
        guard let key = try await services.keys.list(project: request.project).first(where: { $0.id == id }) else {
            // Never the text itself: it may be somebody's secret with one letter wrong.
            throw DoorError.notFound(
                "No key has this secret or token in this project. /key/list shows those that exist.")
        }
        return key
    }

    /// What a body changes; `.none` as `key` for a key to be made.
    private func changes(
        _ body: JSONTree, over key: KeyRecord?, _ request: DoorRequest
    ) async throws -> KeyChanges {
        let now = services.time.now()
        var changes = KeyChanges(
            name: body["key_alias"]?.text, allowedModels: try LiteLLMBody.models(body),
            expiresAt: try LiteLLMBody.expiry(body, now: now))
        func has(_ name: String) -> Bool { body.members.contains { $0.key == name } }
        if has("team_id") { changes.team = .some(body["team_id"]?.text) }
        if has("user_id") { changes.user = .some(body["user_id"]?.text) }
        if let aliases = body["aliases"]?.members, !aliases.isEmpty {
            changes.modelAliases = Dictionary(
                aliases.compactMap { member in member.value.text.map { (member.key, $0) } },
                uniquingKeysWith: { first, _ in first })
        }
        let tags = (body["tags"]?.texts ?? []) + (body["metadata"]?["tags"]?.texts ?? [])
        if !tags.isEmpty { changes.tags = tags }
        changes.isBlocked = body["blocked"]?.flag
        if let metadata = body["metadata"] { changes.metadata = LiteLLMBody.metadata(metadata) }
        try await readRules(body, over: key, request, &changes)
        return changes
    }

    private func readRules(
        _ body: JSONTree, over key: KeyRecord?, _ request: DoorRequest, _ changes: inout KeyChanges
    ) async throws {
        var rules = key?.rules ?? .none
        if let id = body["budget_id"]?.text {
            rules = try await budgets.rules(id, request.project, over: rules)
            let others = (changes.metadata ?? key?.metadata ?? []).filter { $0.key != LiteLLMBody.budgetKey }
            changes.metadata = others + [MetadataPair(key: LiteLLMBody.budgetKey, value: id)]
        }
        rules = try LiteLLMRules.rules(body, over: rules, now: services.time.now())
        if rules != key?.rules ?? .none { changes.rules = rules }
    }

    private func spend(_ key: KeyRecord, _ request: DoorRequest) async throws -> Money {
        try await Spend(services: services, project: request.project).cost(.key, key.id)
    }

    /// A key in LiteLLM's fields.
    func row(_ key: KeyRecord, spend: Money) -> JSONTree {
        let now = services.time.now()
        let aliases = key.modelAliases.sorted { $0.key < $1.key }
        let head: JSONTree = [
            "token": .string(key.id), "key_name": .string(key.hint + "..."), "key_alias": .string(key.name),
            "spend": Dollars.number(spend), "expires": .text(key.expiresAt.map { RFC3339.format($0) }),
            "models": .texts(key.allowedModels),
            "aliases": .object(aliases.map { .init(key: $0.key, value: .string($0.value)) }),
            "user_id": .text(key.user), "team_id": .text(key.team),
            "budget_id": .text(LiteLLMBody.budgetID(key.metadata)),
            "metadata": LiteLLMBody.metadata(key.metadata, tags: key.tags), "tags": .texts(key.tags),
            "blocked": .bool(key.isBlocked || key.revokedAt != nil), "permissions": [:], "config": [:],
            "created_at": .string(RFC3339.format(key.createdAt)),
        ]
        return head.with(LiteLLMRules.fields(key.rules, now: now))
    }
}
