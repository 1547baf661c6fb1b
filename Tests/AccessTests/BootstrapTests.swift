import Access
import Storage
import Testing

struct BootstrapTests {
    private let given = "a-given-key-of-20-characters-or-more"

    @Test func theFirstStartMakesAnAdminKeyAndShowsItsSecret() async throws {
        let bench = Bench()
        guard case .made(let key, let secret) = try await bench.registry.bootstrap(secret: nil, environment: "dev")
        else {
            Issue.record("no key was made")
            return
        }
        #expect(key.role == .admin)
        #expect(try bench.check(secret).get().keyID == key.id)
        #expect(try await bench.registry.bootstrap(secret: nil, environment: "dev") == .existing)
        #expect(try await bench.registry.bootstrap(secret: "", environment: "dev") == .existing)
    }

    @Test func aGivenKeyIsInstalledOnce() async throws {
        let bench = Bench()
        guard case .installed(let key) = try await bench.registry.bootstrap(secret: given, environment: "production")
        else {
            Issue.record("the key was not installed")
            return
        }
        #expect(key.environment == "production")
        #expect(key.hint == "a-given")
        #expect(try bench.check(given).get().role == .admin)
        #expect(try await bench.registry.bootstrap(secret: given, environment: "dev") == .existing)
        #expect(try await bench.registry.list(project: KeyRegistry.defaultProject).count == 1)
    }

    @Test func anotherGivenKeyIsAddedAndTheOldOneStays() async throws {
        let bench = Bench()
        _ = try await bench.registry.bootstrap(secret: given, environment: "dev")
        _ = try await bench.registry.bootstrap(secret: given + "2", environment: "dev")
        #expect(throws: Never.self) { try bench.check(given).get() }
        #expect(throws: Never.self) { try bench.check(given + "2").get() }
    }

    @Test(arguments: ["short", "nineteen-characters", "with a space in between", "with\ttab-in-between-them"])
    func aKeyThatIsTooShortOrCannotTravelIsRefused(secret: String) async throws {
        let bench = Bench()
        do {
            _ = try await bench.registry.bootstrap(secret: secret, environment: "dev")
            Issue.record("the key was taken")
        } catch let error as KeyError {
            #expect(error.code == "invalid_bootstrap_key")
            #expect(error.message.contains("SIGNALBOX_BOOTSTRAP_KEY"))
            #expect(!error.message.contains(secret))
        }
        #expect(try await bench.registry.list(project: "default").isEmpty)
    }

    @Test func twentyCharactersAreEnough() async throws {
        let bench = Bench()
        _ = try await bench.registry.bootstrap(secret: "exactly-20-character", environment: "dev")
        #expect(throws: Never.self) { try bench.check("exactly-20-character").get() }
    }

    @Test func aRevokedGivenKeyStaysRevoked() async throws {
        let bench = Bench()
        _ = try await bench.registry.bootstrap(secret: given, environment: "dev")
        let (other, _) = try await bench.registry.create(admin())
        let key = try #require(try await bench.registry.list(project: "default").first { $0.id != other.id })
        let revoked = try await bench.registry.revoke(id: key.id, project: "default")
        let outcome = try await bench.registry.bootstrap(secret: given, environment: "dev")
        #expect(outcome == .givenIsRevoked(revoked))
        #expect(bench.check(given) == .failure(.revoked))
    }

    @Test func aMemberKeysSecretDoesNotBecomeAnAdmins() async throws {
        let bench = Bench()
        let (_, secret) = try await bench.registry.create(member())
        await #expect(throws: KeyError.self) {
            _ = try await bench.registry.bootstrap(secret: secret, environment: "dev")
        }
        #expect(try bench.check(secret).get().role == .member)
    }

    @Test func anExpiredAdminKeyIsReplacedAtTheNextStart() async throws {
        let bench = Bench()
        var new = admin()
        new.expiresAt = bench.clock.now() + 1_000_000
        _ = try await bench.registry.create(new)
        bench.clock.advance(seconds: 2)
        guard case .made = try await bench.registry.bootstrap(secret: nil, environment: "dev") else {
            Issue.record("nobody could administer the installation")
            return
        }
    }

    @Test func twoStartsAtOnceAgreeOnTheSalt() async throws {
        let store = MemoryRecordStore()
        let clock = StoppedClock()
        let first = KeyRegistry(store: store, time: clock, randomBytes: seededBytes(1))
        let second = KeyRegistry(store: store, time: clock, randomBytes: seededBytes(2))
        async let one = first.create(member("one"))
        async let two = second.create(member("two"))
        let secrets = [try await one.secret, try await two.secret]
        for registry in [first, second] {
            let snapshot = try await registry.snapshot()
            for secret in secrets {
                #expect(throws: Never.self) { try snapshot.principal(forSecret: secret[...], now: clock.now()).get() }
            }
        }
    }

    @Test func twoStartsAtOnceInstallTheGivenKeyOnce() async throws {
        let store = MemoryRecordStore()
        let first = KeyRegistry(store: store, time: StoppedClock(), randomBytes: seededBytes(1))
        let second = KeyRegistry(store: store, time: StoppedClock(), randomBytes: seededBytes(2))
        async let one = first.bootstrap(secret: given, environment: "dev")
        async let two = second.bootstrap(secret: given, environment: "dev")
        _ = (try await one, try await two)
        #expect(try await first.list(project: "default").count == 1)
    }
}
