import Access
import Runtime
import Storage
import Vocabulary

/// Our keys as OpenRouter's: `hash` is the key's id, `limit` a budget named `limit`.
enum OpenRouterKeys {
    /// The id of the budget that stands for a key's `limit`.
    static let rule = "limit"
    private static let windows: [(name: String, window: BudgetWindow)] = [
        ("daily", .day), ("weekly", .week), ("monthly", .month),
    ]
    private static let known = ["name", "limit", "limit_reset", "expires_at", "disabled", "include_byok_in_limit"]

    static func list(_ request: DoorRequest, _ services: DoorServices) async throws -> [JSONTree] {
        let includesDisabled = request.query["include_disabled"] == "true"
        let keys = try await services.keys.list(project: request.project).filter {
            $0.revokedAt == nil && (includesDisabled || !$0.isBlocked)
        }
        let offset = max(0, Int(request.query["offset"] ?? "") ?? 0)
        var rows: [JSONTree] = []
        for key in keys.dropFirst(offset).prefix(100) { rows.append(try await row(key, services)) }
        return rows
    }

    static func get(_ request: DoorRequest, _ services: DoorServices) async throws -> JSONTree {
        try await row(try await find(request, services), services)
    }

    static func create(_ request: DoorRequest, _ services: DoorServices) async throws -> JSONTree {
        try check(request.body)
        guard let name = request.body["name"]?.text else { throw DoorError.invalid("name", "given") }
        var grants = KeyChanges()
        grants.rules = try rules(request.body, over: .none)
        let (key, secret) = try await services.keys.create(
            NewKey(
                name: name, project: request.project, environment: request.principal?.environment ?? "production",
                expiresAt: try expiry(request.body), grants: grants))
        return ["data": try await row(key, services), "key": .string(secret)]
    }

    static func update(_ request: DoorRequest, _ services: DoorServices) async throws -> JSONTree {
        try check(request.body)
        let key = try await find(request, services)
        var changes = KeyChanges(name: request.body["name"]?.text)
        changes.isBlocked = request.body["disabled"]?.flag
        if request.body.members.contains(where: { $0.key == "limit" || $0.key == "limit_reset" }) {
            changes.rules = try rules(request.body, over: key.rules)
        }
        let changed = try await services.keys.update(id: key.id, project: request.project, changes)
        return try await row(changed, services)
    }

    /// The key that asks, with what it may still spend.
    static func own(_ request: DoorRequest, _ services: DoorServices) async throws -> JSONTree {
        guard let principal = request.principal else { throw AccessError.missing }
        let keys = try await services.keys.list(project: request.project)
        guard let key = keys.first(where: { $0.id == principal.keyID }) else { throw AccessError.unknown }
        return try await row(key, services).with([
            "is_free_tier": false, "is_management_key": .bool(key.role == .admin),
            "is_provisioning_key": .bool(key.role == .admin),
            "rate_limit": ["requests": -1, "interval": "10s", "note": "See the x-ratelimit headers of calls."],
            "allowed_data_regions": [], "budgets": [], "effective_budget": nil, "organization_id": nil,
            "free_model_daily_requests": ["limit": 0, "remaining": 0, "used": 0],
        ])
    }

    /// What the key's money budget of the longest window allows, and what the project has used.
    static func credits(_ request: DoorRequest, _ services: DoorServices) async throws -> JSONTree {
        let used = try await Spend(services: services, project: request.project).cost(.total, "")
        let rules = services.keySnapshot().record(of: Subject(.project, request.project))?.rules ?? .none
        let credit = rules.budgets.first { $0.unit == .money && $0.window == .lifetime }
        let total = credit.map { Money(nanodollars: $0.limit(at: services.time.now())) } ?? used
        return ["total_credits": Dollars.number(total), "total_usage": Dollars.number(used)]
    }

    // MARK: Parts

    private static func check(_ body: JSONTree) throws(DoorError) {
        for member in body.members where !known.contains(member.key) && !member.value.isBlank {
            throw .notDone(
                "`\(member.key.prefix(60))`", instead: "Leave it out; known are \(known.joined(separator: ", ")).")
        }
    }

    private static func find(_ request: DoorRequest, _ services: DoorServices) async throws -> KeyRecord {
        let id = request.path["hash"] ?? ""
        let keys = try await services.keys.list(project: request.project)
        // A deleted key is revoked here: its calls and sums stay.
        guard let key = keys.first(where: { $0.id == id && $0.revokedAt == nil }) else {
            throw KeyError.notFound(id: id)
        }
        return key
    }

    private static func expiry(_ body: JSONTree) throws(DoorError) -> UnixMicroseconds? {
        guard let value = body["expires_at"] else { return nil }
        guard let time = value.text.flatMap({ RFC3339.parse($0) }) else {
            throw .invalid("expires_at", "a time such as `2027-01-01T00:00:00Z`")
        }
        return time
    }

    /// The rules with the budget that `limit` and `limit_reset` ask for.
    private static func rules(_ body: JSONTree, over old: SpendingRules) throws(DoorError) -> SpendingRules {
        var rules = old
        let before = rules.budgets.first { $0.id == rule }
        rules.budgets.removeAll { $0.id == rule }
        let keepsLimit = !body.members.contains { $0.key == "limit" }
        guard let amount = try keepsLimit ? before?.limit : limit(body) else { return rules }
        let keepsReset = !body.members.contains { $0.key == "limit_reset" }
        let window = try keepsReset ? before?.window ?? .lifetime : reset(body)
        rules.budgets.append(BudgetRule(id: rule, limit: amount, window: window))
        return rules
    }

    private static func limit(_ body: JSONTree) throws(DoorError) -> Int64? {
        guard let value = body["limit"] else { return nil }
        guard let money = Dollars.money(value) else { throw .invalid("limit", "a number of dollars, or null") }
        return money.nanodollars
    }

    private static func reset(_ body: JSONTree) throws(DoorError) -> BudgetWindow {
        guard let name = body["limit_reset"]?.text else { return .lifetime }
        guard let window = windows.first(where: { $0.name == name })?.window else {
            throw .invalid("limit_reset", "`daily`, `weekly`, `monthly` or null")
        }
        return window
    }

    private static func row(_ key: KeyRecord, _ services: DoorServices) async throws -> JSONTree {
        let spend = Spend(services: services, project: key.project)
        let now = services.time.now()
        let budget = key.rules.budgets.first { $0.id == rule }
        let sums = try await sums(key, spend, now)
        let used = try await budget.asyncMap { try await spend.cost(.key, key.id, from: $0.window.span(at: now).start) }
        let left = budget.map { Money(nanodollars: max(0, $0.limit(at: now) - (used?.nanodollars ?? 0))) }
        let head: JSONTree = [
            "hash": .string(key.id), "name": .string(key.name), "label": .string(key.hint + "..."),
            "disabled": .bool(key.isBlocked),
            "limit": Dollars.number(budget.map { Money(nanodollars: $0.limit(at: now)) }),
            "limit_remaining": Dollars.number(left),
            "limit_reset": .text(budget.flatMap { budget in windows.first { $0.window == budget.window }?.name }),
            "include_byok_in_limit": false, "created_at": .string(RFC3339.format(key.createdAt)), "updated_at": nil,
            "expires_at": .text(key.expiresAt.map { RFC3339.format($0) }), "last_used_at": nil,
            "external_user": nil, "creator_user_id": .text(key.user), "workspace_id": .string(key.project),
            "byok_usage": 0, "byok_usage_daily": 0, "byok_usage_weekly": 0, "byok_usage_monthly": 0,
        ]
        return head.with(sums)
    }

    private static func sums(_ key: KeyRecord, _ spend: Spend, _ now: UnixMicroseconds) async throws -> JSONTree {
        [
            "usage": Dollars.number(try await spend.cost(.key, key.id)),
            "usage_daily": Dollars.number(
                try await spend.cost(.key, key.id, from: BudgetWindow.day.span(at: now).start)),
            "usage_weekly": Dollars.number(
                try await spend.cost(.key, key.id, from: BudgetWindow.week.span(at: now).start)),
            "usage_monthly": Dollars.number(
                try await spend.cost(.key, key.id, from: BudgetWindow.month.span(at: now).start)),
        ]
    }
}

extension Optional where Wrapped: Sendable {
    /// `map` for a step that waits.
    func asyncMap<Value: Sendable>(_ body: (Wrapped) async throws -> Value) async rethrows -> Value? {
        guard let self else { return nil }
        return try await body(self)
    }
}
