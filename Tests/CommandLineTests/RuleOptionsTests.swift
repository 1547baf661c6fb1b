import ArgumentParser
import CommandLine
import SignalboxClient
import Testing

@Suite struct RuleOptionsTests {
    @Test(arguments: [
        ("100usd/month", BudgetRule(id: "money-month", limit: 100_000_000_000, window: "month")),
        ("2.5$/30d:soft", BudgetRule(id: "money-30d", limit: 2_500_000_000, window: "30d", mode: .soft)),
        ("0.000000001usd/day", BudgetRule(id: "money-day", limit: 1, window: "day")),
        (
            "big=1000000tokens/day:hard:gpt-4o*,claude",
            BudgetRule(id: "big", unit: .tokens, limit: 1_000_000, window: "day", models: ["gpt-4o*", "claude"])
        ),
        ("5requests/lifetime", BudgetRule(id: "requests-lifetime", unit: .requests, limit: 5, window: "lifetime")),
    ])
    func budgetsAreRead(text: String, rule: BudgetRule) throws {
        #expect(try RuleText.budget(text) == rule)
    }

    @Test(arguments: [
        ("60requests/1m", LimitRule(id: "requests-1m", unit: .requests, limit: 60)),
        ("slow=100tokens/12h:shadow", LimitRule(
            id: "slow", unit: .tokens, limit: 100, periodMS: 43_200_000, mode: .shadow)),
        ("8parallel", LimitRule(id: "parallel", unit: .parallel, limit: 8)),
    ])
    func limitsAreRead(text: String, rule: LimitRule) throws {
        #expect(try RuleText.limit(text) == rule)
    }

    @Test(arguments: [
        "", "100", "100usd", "usd/month", "100eur/month", "1.0000000001usd/month", "-1usd/month", "1.5tokens/day",
        "100usd/month:firm", "9000001usd/month", "1.usd/month", "١usd/day",
    ])
    func whatIsNoBudgetIsRefused(text: String) {
        #expect(throws: RuleText.Fault.self) { try RuleText.budget(text) }
    }

    @Test(arguments: ["60requests", "60requests/month", "60calls/1m", "8parallel/1m", "1requests/2d", "1requests/0s"])
    func whatIsNoLimitIsRefused(text: String) {
        #expect(throws: RuleText.Fault.self) { try RuleText.limit(text) }
    }

    @Test func aKeyIsMadeWithEverythingThatOptionsName() throws {
        let arguments = [
            "keys", "create", "--name", "n", "--team", "t", "--scope", "inference", "--alias", "fast=gpt-4o",
            "--metadata", "k=a=b", "--tag", "x", "--budget", "1usd/day", "--limit", "8parallel", "--user-is-customer",
            "--customer-budget", "2usd/day", "--parameter-policy", "drop",
        ]
        let command = try #require(try SignalboxCommand.parseAsRoot(arguments) as? KeysCreateCommand)
        let grants = command.newKey.grants
        #expect(grants.team == .some("t") && grants.scopes == ["inference"] && grants.tags == ["x"])
        #expect(grants.modelAliases == ["fast": "gpt-4o"] && grants.metadata == ["k": "a=b"])
        #expect(grants.rules?.budgets.count == 1 && grants.rules?.limits.count == 1)
        #expect(grants.customerRules?.budgets.first?.limit == 2_000_000_000)
        #expect(grants.takesUserAsCustomer == true && grants.parameterPolicy == .some("drop"))
        #expect(grants.user == nil && grants.blocked == nil)
    }

    @Test func anUpdateNamesOnlyWhatOptionsName() throws {
        let arguments = ["keys", "update", "k", "--expires", "never", "--team", "", "--all-models"]
        let command = try #require(try SignalboxCommand.parseAsRoot(arguments) as? KeysUpdateCommand)
        var expected = KeyChanges()
        expected.expiresAt = .some(nil)
        expected.team = .some(nil)
        expected.allowedModels = []
        #expect(command.changes == expected)
    }

    @Test(arguments: [
        ["keys", "update", "k"], ["keys", "update", "k", "--all-models", "--model", "m"],
        ["keys", "update", "k", "--no-rules", "--budget", "1usd/day"], ["keys", "rotate", "k", "--grace", "soon"],
        ["keys", "create", "--name", "n", "--budget", "lots"], ["keys", "create", "--name", "n", "--alias", "fast"],
        ["teams", "create", "t", "--parent", "x"], ["teams", "update", "t"], ["teams", "delete"],
    ])
    func wrongUsageIs64(arguments: [String]) {
        let error = #expect(throws: (any Error).self) { try SignalboxCommand.parseAsRoot(arguments) }
        #expect(error.map { SignalboxCommand.exitCode(for: $0).rawValue } == 64)
    }

    @Test(arguments: [("0s", 0), ("30m", 1_800), ("24h", 86_400), ("7d", 604_800)])
    func graceIsATime(text: String, seconds: Int) throws {
        let arguments = ["keys", "rotate", "k", "--grace", text]
        let command = try #require(try SignalboxCommand.parseAsRoot(arguments) as? KeysRotateCommand)
        #expect(command.graceSeconds == seconds)
    }

    @Test func aUsersTeamIsItsParent() throws {
        let arguments = ["users", "create", "ada", "--parent", "search", "--budget", "5usd/week"]
        let parsed = try SignalboxCommand.parseAsRoot(arguments)
        let command = try #require(parsed as? SubjectsCreateCommand<UserNoun>)
        #expect(command.changes.team == .some("search"))
        #expect(command.changes.rules?.budgets.first?.window == "week")
    }

    @Test(arguments: [
        (50, 100, "50%"), (999, 1_000, "99%"), (1_000, 1_000, "100%"), (2_500, 1_000, "250%"), (5, 0, "-"),
        (9_007_199_254_740_991, 9_007_199_254_740_991, "100%"), (Int64.max, Int64.max, "100%"),
    ] as [(Int64, Int64, String)])
    func aShareIsRoundedDown(used: Int64, limit: Int64, text: String) {
        #expect(BudgetTable.share(used, limit) == text)
    }
}
