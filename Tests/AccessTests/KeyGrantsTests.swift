import Access
import Storage
import Testing
import Vocabulary

struct KeyGrantsTests {
    @Test func aBlockedKeyIsRefusedUntilItIsUnblocked() async throws {
        let bench = Bench()
        let (key, secret) = try await bench.registry.create(member())
        var changes = KeyChanges()
        changes.isBlocked = true
        _ = try await bench.registry.update(id: key.id, project: "default", changes)
        #expect(bench.check(secret) == .failure(.blocked))
        changes.isBlocked = false
        _ = try await bench.registry.update(id: key.id, project: "default", changes)
        #expect(try bench.check(secret).get().keyID == key.id)
    }

    @Test func aTrailingStarAllowsEveryEnding() async throws {
        let principal = try await principal { $0.allowedModels = ["gpt-4o*", "claude"] }
        #expect(principal.mayUse(model: "gpt-4o"))
        #expect(principal.mayUse(model: "gpt-4o-mini"))
        #expect(!principal.mayUse(model: "gpt-4"))
        #expect(principal.mayUse(model: "claude"))
        #expect(!principal.mayUse(model: "claude-3"))
        #expect(!principal.allowedModels.isEmpty)
    }

    @Test func aStarInTheMiddleIsRefused() async throws {
        let bench = Bench()
        var new = member()
        new.allowedModels = ["gpt-*-mini"]
        await #expect(throws: KeyError.self) { _ = try await bench.registry.create(new) }
    }

    @Test func scopesNarrowTheRoleAndNeverWidenIt() async throws {
        #expect(try await principal { _ in }.may(.inference))
        #expect(try await !principal { _ in }.may(.admin))
        let narrowed = try await principal { $0.grants.scopes = [.promptsRead] }
        #expect(narrowed.may(.promptsRead) && !narrowed.may(.inference))
        await #expect(throws: KeyError.self) { _ = try await principal { $0.grants.scopes = [.admin] } }
        let viewer = try await principal {
            $0.role = .admin
            $0.grants.scopes = [.recordsRead]
        }
        #expect(viewer.may(.recordsRead) && !viewer.may(.admin))
    }

    @Test func theLastAdminCanBeNeitherBlockedNorNarrowed() async throws {
        let bench = Bench()
        let (key, secret) = try await bench.registry.create(admin())
        var block = KeyChanges()
        block.isBlocked = true
        var narrow = KeyChanges()
        narrow.scopes = [.inference]
        for changes in [block, narrow] {
            await #expect(throws: KeyError.lastAdmin(id: key.id)) {
                _ = try await bench.registry.update(id: key.id, project: "default", changes)
            }
        }
        #expect(try bench.check(secret).get().may(.admin))
        _ = try await bench.registry.create(admin("second"))
        _ = try await bench.registry.update(id: key.id, project: "default", block)
        #expect(bench.check(secret) == .failure(.blocked))
    }

    @Test func aliasesNameModelsAndTheListHoldsForWhatTheyMean() async throws {
        let principal = try await principal {
            $0.allowedModels = ["gpt-4o-mini"]
            $0.grants.modelAliases = ["fast": "gpt-4o-mini"]
        }
        #expect(principal.model(named: "fast") == "gpt-4o-mini")
        #expect(principal.model(named: "slow") == "slow")
        #expect(principal.mayUse(model: principal.model(named: "fast")))
        #expect(!principal.mayUse(model: "fast"))
    }

    @Test func rulesAreInTheSnapshotUntilTheKeyIsRevoked() async throws {
        let bench = Bench()
        var new = member()
        let rules = SpendingRules(budgets: [BudgetRule(id: "monthly", limit: 5, window: .month)])
        new.grants.rules = rules
        let (key, _) = try await bench.registry.create(new)
        #expect(bench.publications.last?.rules == [Subject(.key, key.id): rules])
        try await bench.registry.revoke(id: key.id, project: "default")
        #expect(bench.publications.last?.rules == [:])
    }

    @Test(arguments: [
        SpendingRules(budgets: [BudgetRule(id: "", limit: 5, window: .month)]),
        SpendingRules(budgets: [BudgetRule(id: "a", limit: -1, window: .month)]),
        SpendingRules(limits: [LimitRule(id: "a", unit: .requests, limit: 1, period: 5)]),
    ])
    func rulesThatCannotBeKeptAreRefused(rules: SpendingRules) async throws {
        await #expect(throws: KeyError.self) { _ = try await principal { $0.grants.rules = rules } }
        await #expect(throws: KeyError.self) { _ = try await principal { $0.grants.customerRules = rules } }
    }

    @Test func whatWasGrantedStandsOnThePrincipal() async throws {
        let principal = try await principal {
            $0.grants.parameterPolicy = .some(.strict)
            $0.grants.tags = ["beta", "beta"]
            $0.grants.takesUserAsCustomer = true
        }
        #expect(principal.parameterPolicy == .strict)
        #expect(principal.tags == ["beta"])
        #expect(principal.takesUserAsCustomer)
    }

    private func principal(_ change: (inout NewKey) -> Void) async throws -> Principal {
        let bench = Bench()
        var new = member()
        change(&new)
        let (_, secret) = try await bench.registry.create(new)
        return try bench.check(secret).get()
    }
}
