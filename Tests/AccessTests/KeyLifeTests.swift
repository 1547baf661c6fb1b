import Access
import Storage
import Testing
import Vocabulary

struct KeyLifeTests {
    @Test func aSecretHasThePrefixAndFortyCharactersOutOf62() async throws {
        let bench = Bench()
        var secrets: Set<String> = []
        for index in 0..<50 {
            let (key, secret) = try await bench.registry.create(member("app \(index)"))
            #expect(secret.hasPrefix("sb-"))
            #expect(secret.utf8.count == 43)
            #expect(secret.dropFirst(3).allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
            #expect(key.hint == secret.prefix(7))
            secrets.insert(secret)
        }
        #expect(secrets.count == 50)
    }

    @Test func aSecretIsStoredNowhere() async throws {
        let bench = Bench()
        let (_, secret) = try await bench.registry.create(member())
        #expect(!bench.store.everything.contains(secret))
        #expect(!bench.store.everything.contains(String(secret.dropFirst(7))))
    }

    @Test func aGeneratorThatGivesNothingUsableIsAnErrorAndNoLoop() async {
        let registry = KeyRegistry(
            store: MemoryRecordStore(), time: StoppedClock(), randomBytes: { [UInt8](repeating: 255, count: $0) }
        )
        await #expect(throws: KeyError.noEntropy) { _ = try await registry.create(member()) }
    }

    @Test func idsSortByAge() async throws {
        let bench = Bench()
        var ids: [String] = []
        for index in 0..<10 {
            ids.append(try await bench.registry.create(member("k\(index)")).0.id)
            bench.clock.advance(seconds: 1)
        }
        #expect(ids == ids.sorted())
        #expect(ids.allSatisfy { $0.hasPrefix("key_") && $0.count == 36 })
    }

    @Test(arguments: ["", "   ", String(repeating: "n", count: 101), "a\u{1B}[31m"])
    func aNameThatPeopleCannotReadIsRefused(name: String) async throws {
        await expectInvalid("name") { _ = try await $0.create(member(name)) }
    }

    @Test(arguments: ["", "Prod", "a b", "ü", String(repeating: "e", count: 33)])
    func anEnvironmentHasPlainCharacters(environment: String) async throws {
        var new = member()
        new.environment = environment
        let wanted = new
        await expectInvalid("environment") { _ = try await $0.create(wanted) }
    }

    @Test(arguments: [[""], ["a\nb"], [String(repeating: "m", count: 201)], Array(repeating: "m", count: 1001)])
    func allowedModelsAreNames(models: [String]) async throws {
        var new = member()
        new.allowedModels = models
        let wanted = new
        await expectInvalid("allowed_models") { _ = try await $0.create(wanted) }
    }

    @Test func anExpiryLiesInTheFuture() async throws {
        var new = member()
        new.expiresAt = StoppedClock().now()
        let wanted = new
        await expectInvalid("expires_at") { _ = try await $0.create(wanted) }
    }

    @Test func aChangeTouchesOnlyWhatItNames() async throws {
        let bench = Bench()
        var new = member()
        new.expiresAt = bench.clock.now() + 5
        new.allowedModels = ["a"]
        let (key, _) = try await bench.registry.create(new)
        let renamed = try await bench.registry.update(id: key.id, project: "default", KeyChanges(name: "b"))
        #expect(renamed.name == "b")
        #expect(renamed.expiresAt == key.expiresAt)
        #expect(renamed.allowedModels == ["a"])
        let endless = try await bench.registry.update(
            id: key.id, project: "default", KeyChanges(allowedModels: [], expiresAt: .some(nil))
        )
        #expect(endless.expiresAt == nil)
        #expect(endless.allowedModels.isEmpty)
        #expect(endless.name == "b")
    }

    @Test func aRevokedKeyCannotBeChanged() async throws {
        let bench = Bench()
        let (key, _) = try await bench.registry.create(member())
        try await bench.registry.revoke(id: key.id, project: "default")
        await #expect(throws: KeyError.alreadyRevoked(id: key.id)) {
            _ = try await bench.registry.update(id: key.id, project: "default", KeyChanges(name: "b"))
        }
    }

    @Test func revokingTwiceKeepsTheFirstTime() async throws {
        let bench = Bench()
        let (key, _) = try await bench.registry.create(member())
        let first = try await bench.registry.revoke(id: key.id, project: "default")
        bench.clock.advance(seconds: 60)
        #expect(try await bench.registry.revoke(id: key.id, project: "default") == first)
    }

    @Test func theLastAdminKeyStays() async throws {
        let bench = Bench()
        let (first, _) = try await bench.registry.create(admin("one"))
        _ = try await bench.registry.create(member())
        await #expect(throws: KeyError.lastAdmin(id: first.id)) {
            try await bench.registry.revoke(id: first.id, project: "default")
        }
        _ = try await bench.registry.create(admin("two"))
        try await bench.registry.revoke(id: first.id, project: "default")
    }

    @Test func anotherProjectsKeysAreOutOfReach() async throws {
        let bench = Bench()
        _ = try await bench.registry.create(NewSubject(.project, id: "theirs", project: ""))
        let (key, _) = try await bench.registry.create(member(project: "theirs"))
        #expect(try await bench.registry.list(project: "ours").isEmpty)
        await #expect(throws: KeyError.notFound(id: key.id)) {
            try await bench.registry.revoke(id: key.id, project: "ours")
        }
        await #expect(throws: KeyError.notFound(id: key.id)) {
            _ = try await bench.registry.update(id: key.id, project: "ours", KeyChanges(name: "b"))
        }
    }

    @Test func aRenameDuringARevocationDoesNotBringTheKeyBack() async throws {
        let bench = Bench()
        for round in 0..<50 {
            let (key, secret) = try await bench.registry.create(member("round \(round)"))
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await bench.registry.revoke(id: key.id, project: "default") }
                for name in ["a", "b", "c"] {
                    group.addTask {
                        _ = try? await bench.registry.update(id: key.id, project: "default", KeyChanges(name: name))
                    }
                }
            }
            #expect(bench.check(secret) == .failure(.revoked))
        }
    }

    @Test func changesAreInForceWhenTheCallReturns() async throws {
        let bench = Bench()
        let secrets = try await withThrowingTaskGroup(of: String.self) { group in
            for index in 0..<40 {
                group.addTask {
                    let secret = try await bench.registry.create(member("k\(index)")).secret
                    #expect(throws: Never.self) { try bench.check(secret).get() }
                    return secret
                }
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(bench.publications.all.map(\.count) == Array(1...40))
        for secret in secrets { #expect(throws: Never.self) { try bench.check(secret).get() } }
    }

    private func expectInvalid(_ field: String, _ body: (KeyRegistry) async throws -> Void) async {
        let bench = Bench()
        do {
            try await body(bench.registry)
            Issue.record("nothing was refused")
        } catch KeyError.invalid(let named, let expected) {
            #expect(named == field)
            #expect(!expected.isEmpty)
        } catch {
            Issue.record(error)
        }
        #expect(bench.publications.all.isEmpty)
    }
}
