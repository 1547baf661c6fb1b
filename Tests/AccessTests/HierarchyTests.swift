import Access
import Storage
import Testing
import Vocabulary

/// Organisations, projects, teams, users and end customers.
struct HierarchyTests {
    @Test func aCallSpeaksForEverybodyAboveItsKeyBroadestFirst() async throws {
        let bench = try await Self.benchWithTeam()
        let (key, secret) = try await bench.registry.create(Self.teamKey)
        let principal = try bench.check(secret).get()
        #expect(
            principal.chain == [
                Subject(.organisation, "default"), Subject(.project, "default"), Subject(.team, "search"),
                Subject(.user, "ada"), Subject(.key, key.id),
            ])
        #expect(principal.organisation == "default")
        #expect(principal.team == "search" && principal.user == "ada")
    }

    @Test func aKeyWithoutATeamBelongsToItsUsers() async throws {
        let bench = try await Self.benchWithTeam()
        var new = member()
        new.grants.user = .some("ada")
        let (_, secret) = try await bench.registry.create(new)
        #expect(try bench.check(secret).get().team == "search")
    }

    @Test func aModelMustStandOnEveryList() async throws {
        let bench = try await Self.benchWithTeam()
        var new = Self.teamKey
        new.allowedModels = ["gpt-4o", "claude"]
        let (_, secret) = try await bench.registry.create(new)
        var changes = SubjectChanges()
        changes.allowedModels = ["gpt-*"]
        _ = try await bench.registry.update(.team, id: "search", project: "default", changes)
        let principal = try bench.check(secret).get()
        #expect(principal.mayUse(model: "gpt-4o"))
        #expect(!principal.mayUse(model: "claude"))
        #expect(!principal.mayUse(model: "gpt-4"))
    }

    @Test(arguments: [(SubjectKind.team, "search"), (.user, "ada")])
    func whoBelongsToSomebodyBlockedIsRefused(kind: SubjectKind, id: String) async throws {
        let bench = try await Self.benchWithTeam()
        let (_, secret) = try await bench.registry.create(Self.teamKey)
        var changes = SubjectChanges()
        changes.isBlocked = true
        _ = try await bench.registry.update(kind, id: id, project: "default", changes)
        #expect(bench.check(secret) == .failure(.blocked))
        changes.isBlocked = false
        _ = try await bench.registry.update(kind, id: id, project: "default", changes)
        #expect(try bench.check(secret).get().user == "ada")
    }

    @Test func nobodyCanBlockTheLastAdminsProject() async throws {
        let bench = Bench()
        _ = try await bench.registry.create(admin())
        var changes = SubjectChanges()
        changes.isBlocked = true
        for kind in [SubjectKind.organisation, .project] {
            await #expect(throws: KeyError.self) {
                _ = try await bench.registry.update(kind, id: "default", project: "default", changes)
            }
        }
    }

    @Test func aCustomersOwnListAndBlockHoldForItAlone() async throws {
        let bench = Bench()
        let (_, secret) = try await bench.registry.create(member())
        var acme = NewSubject(.customer, id: "acme", project: "default")
        acme.changes.isBlocked = true
        acme.changes.allowedModels = ["m*"]
        _ = try await bench.registry.create(acme)
        let principal = try bench.check(secret).get()
        let snapshot = try #require(bench.publications.last)
        let blocked = try #require(snapshot.customer("acme", of: principal))
        #expect(blocked.isBlocked && blocked.mayUse(model: "m1") && !blocked.mayUse(model: "x"))
        let other = try #require(snapshot.customer("other", of: principal))
        #expect(!other.isBlocked && other.mayUse(model: "x"))
        for id in ["", "a\u{0}", String(repeating: "x", count: 201)] {
            #expect(snapshot.customer(id, of: principal) == nil)
        }
    }

    @Test func rulesForEachCustomerComeFromTheNarrowestLevelThatHasSome() async throws {
        let bench = try await Self.benchWithTeam()
        let ofTeam = SpendingRules(budgets: [BudgetRule(id: "team", limit: 1, window: .day)])
        let ofKey = SpendingRules(budgets: [BudgetRule(id: "key", limit: 2, window: .day)])
        var changes = SubjectChanges()
        changes.customerRules = ofTeam
        _ = try await bench.registry.update(.team, id: "search", project: "default", changes)
        let (_, first) = try await bench.registry.create(Self.teamKey)
        var own = Self.teamKey
        own.grants.customerRules = ofKey
        let (_, second) = try await bench.registry.create(own)
        #expect(try bench.check(first).get().customerRules == ofTeam)
        #expect(try bench.check(second).get().customerRules == ofKey)
    }

    @Test func equalNamesInTwoProjectsAreTwoSubjects() async throws {
        let bench = Bench()
        _ = try await bench.registry.create(NewSubject(.project, id: "shop", project: ""))
        for project in ["default", "shop"] {
            var new = NewSubject(.team, id: "search", project: project)
            new.changes.rules = SpendingRules(budgets: [BudgetRule(id: "day", limit: 1, window: .day)])
            _ = try await bench.registry.create(new)
        }
        let rules = try #require(bench.publications.last).rules
        #expect(Set(rules.keys) == [Subject(.team, "search"), Subject(.team, "shop/search")])
    }

    @Test(arguments: [
        ("default", "acme"), ("default", "shop/acme"), ("shop", "acme"), ("shop", "a/b"), ("default", "default/x"),
    ])
    func aScopedNameLeadsBackToItsProject(project: String, id: String) {
        let subject = Subject.scoped(.customer, id, in: project)
        #expect(subject.local.id == id)
        #expect(subject.local.project == project)
    }

    @Test func keysAreMadeOnlyForWhoExists() async throws {
        let bench = Bench()
        var new = member()
        new.grants.team = .some("nobody")
        await #expect(throws: KeyError.noSubject(Subject(.team, "nobody"))) {
            _ = try await bench.registry.create(new)
        }
        await #expect(throws: KeyError.noSubject(Subject(.project, "nowhere"))) {
            _ = try await bench.registry.create(member(project: "nowhere"))
        }
    }

    @Test func whoIsNeededIsNotRemoved() async throws {
        let bench = try await Self.benchWithTeam()
        let (key, _) = try await bench.registry.create(Self.teamKey)
        for (kind, id) in [(SubjectKind.team, "search"), (.user, "ada"), (.project, "default")] {
            await #expect(throws: KeyError.self) {
                try await bench.registry.delete(kind, id: id, project: "default")
            }
        }
        try await bench.registry.revoke(id: key.id, project: "default")
        try await bench.registry.delete(.user, id: "ada", project: "default")
        try await bench.registry.delete(.team, id: "search", project: "default")
        #expect(try await bench.registry.subjects(.team, project: "default").isEmpty)
    }

    @Test func theDefaultsAreThereAndCanBeGivenRules() async throws {
        let bench = Bench()
        #expect(try await bench.registry.subjects(.organisation, project: "").map(\.id) == ["default"])
        var changes = SubjectChanges(name: "Acme Ltd")
        changes.rules = SpendingRules(budgets: [BudgetRule(id: "all", limit: 1, window: .month)])
        _ = try await bench.registry.update(.organisation, id: "default", project: "default", changes)
        let organisations = try await bench.registry.subjects(.organisation, project: "")
        #expect(organisations.map(\.name) == ["Acme Ltd"])
        #expect(bench.publications.last?.rules.keys.first == Subject(.organisation, "default"))
    }

    @Test func theOldestOpenWindowIsThatOfTheLongestBudget() async throws {
        let bench = Bench()
        #expect(KeySnapshot.empty.oldestOpenWindow(at: 5) == 5)
        var new = member()
        new.grants.rules = SpendingRules(
            budgets: [BudgetRule(id: "d", limit: 1, window: .day), BudgetRule(id: "l", limit: 1, window: .lifetime)])
        new.grants.customerRules = SpendingRules(budgets: [BudgetRule(id: "m", limit: 1, window: .month)])
        _ = try await bench.registry.create(new)
        let snapshot = try #require(bench.publications.last)
        let now = bench.clock.now()
        #expect(snapshot.oldestOpenWindow(at: now) == BudgetWindow.month.span(at: now).start)
    }

    @Test func aTakenOrUnusableIdIsRefused() async throws {
        let bench = try await Self.benchWithTeam()
        await #expect(throws: KeyError.subjectExists(Subject(.team, "search"))) {
            _ = try await bench.registry.create(NewSubject(.team, id: "search", project: "default"))
        }
        for (kind, id) in [(SubjectKind.project, "a/b"), (.project, "Größe"), (.team, ""), (.team, "a\nb")] {
            await #expect(throws: KeyError.self) {
                _ = try await bench.registry.create(NewSubject(kind, id: id, project: "default"))
            }
        }
        let made = try await bench.registry.create(NewSubject(.team, id: nil, project: "default"))
        #expect(made.id.hasPrefix("team_"))
    }

    private static var teamKey: NewKey {
        var new = member()
        new.grants.team = .some("search")
        new.grants.user = .some("ada")
        return new
    }

    private static func benchWithTeam() async throws -> Bench {
        let bench = Bench()
        _ = try await bench.registry.create(NewSubject(.team, id: "search", project: "default"))
        var ada = NewSubject(.user, id: "ada", project: "default")
        ada.changes.parent = .some("search")
        _ = try await bench.registry.create(ada)
        return bench
    }
}
