import Storage
import Vocabulary

extension RecordStoreConformance {
    static let grants = [
        Check(name: "everything that a key was granted comes back") { store in
            let plain = key("a", createdAt: 1)
            var full = key("b", createdAt: 2)
            full.team = "search \"🚂\""
            full.user = "ada"
            full.scopes = KeyScope.allCases
            full.rules = rules
            full.customerRules = SpendingRules(budgets: [BudgetRule(id: "each", limit: 5, window: .lifetime)])
            full.takesUserAsCustomer = true
            full.isBlocked = true
            full.parameterPolicy = .strict
            full.modelAliases = ["fast": "gpt-4o-mini", "größer": "claude"]
            full.tags = ["a", ""]
            full.metadata = [MetadataPair(key: "z", value: "\u{0}"), MetadataPair(key: "", value: "x")]
            full.retiredSecrets = [RetiredSecret(hash: [0, 255, 7], hint: "sb-old", validUntil: .max)]
            try await store.insert(plain)
            try await store.insert(full)
            try requireEqual(try await store.keys(), [plain, full], "keys")
            full.rules = .none
            full.retiredSecrets = []
            full.team = nil
            full.isBlocked = false
            try await store.update(full)
            try requireEqual(try await store.keys(), [plain, full], "keys after the grants were taken back")
        }
    ]

    static let subjects = [
        Check(name: "subjects come back as they were stored, oldest first") { store in
            try requireEqual(try await store.subjects(), [], "subjects of a new store")
            var stored: [SubjectRecord] = []
            for (index, kind) in SubjectKind.allCases.enumerated() where kind != .key {
                stored.append(subject(kind, "same id", createdAt: Int64(index)))
            }
            for subject in stored.reversed() { try await store.insert(subject) }
            try requireEqual(try await store.subjects(), stored, "subjects")
        },
        Check(name: "an id may be taken once a kind and project") { store in
            try await store.insert(subject(.team, "a", createdAt: 1))
            var elsewhere = subject(.team, "a", createdAt: 2)
            elsewhere.project = "p2"
            try await store.insert(elsewhere)
            try await store.insert(subject(.user, "a", createdAt: 3))
            do {
                try await store.insert(subject(.team, "a", createdAt: 4))
            } catch StorageError.duplicate {
                return try requireEqual(try await store.subjects().count, 3, "subjects")
            }
            throw ConformanceFailure("a team with a taken id was stored")
        },
        Check(name: "a change or removal means one subject and no other") { store in
            var team = subject(.team, "a", createdAt: 1)
            let user = subject(.user, "a", createdAt: 2)
            try await store.insert(team)
            try await store.insert(user)
            team.name = "renamed"
            team.rules = .none
            team.isBlocked = false
            team.parent = nil
            try await store.update(team)
            try requireEqual(try await store.subjects(), [team, user], "after the change")
            try await store.delete(.team, id: "a", project: "p1")
            try requireEqual(try await store.subjects(), [user], "after the removal")
        },
        Check(name: "what does not exist is neither changed nor removed") { store in
            try await requireNotFound { try await store.update(subject(.team, "a", createdAt: 1)) }
            try await requireNotFound { try await store.delete(.team, id: "a", project: "p1") }
            try requireEqual(try await store.subjects(), [], "subjects")
        },
    ]

    private static func requireNotFound(_ change: () async throws -> Void) async throws {
        do {
            try await change()
        } catch StorageError.notFound {
            return
        }
        throw ConformanceFailure("a subject that does not exist was changed")
    }

    private static func subject(_ kind: SubjectKind, _ id: String, createdAt: Int64) -> SubjectRecord {
        var subject = SubjectRecord(
            kind, id: id, project: "p1", name: "größer 🚂", parent: "above", createdAt: createdAt)
        subject.rules = rules
        subject.customerRules = SpendingRules(limits: [LimitRule(id: "l", unit: .parallel, limit: 2)])
        subject.allowedModels = ["gpt-*", "claude"]
        subject.metadata = [MetadataPair(key: "cost centre", value: "7")]
        subject.isBlocked = true
        return subject
    }

    private static let rules = SpendingRules(
        budgets: [
            BudgetRule(
                id: "monthly", limit: 100_000_000_000, window: .month, mode: .soft, models: ["gpt-*"],
                increase: TemporaryIncrease(amount: 5, until: 1_800_000_000_000_000)),
            BudgetRule(
                id: "rolling", unit: .tokens, limit: 7, window: .every(3_600_000_000, from: 1_790_000_000_000_001),
                increase: TemporaryIncrease(amount: 1, until: nil)),
        ],
        limits: [LimitRule(id: "rpm", unit: .requests, limit: 60, period: 1_500_000, mode: .shadow, models: ["m"])])
}
