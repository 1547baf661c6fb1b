import Access
import Storage
import Testing

struct KeyRotationTests {
    @Test func theNewSecretWorksAtOnceAndTheOldOneUntilTheGraceIsOver() async throws {
        let bench = Bench()
        let (key, old) = try await bench.registry.create(member())
        let (rotated, new) = try await bench.registry.rotate(id: key.id, project: "default", grace: 60_000_000)
        #expect(old != new)
        #expect(new.hasPrefix(rotated.hint))
        #expect(try bench.check(new).get().keyID == key.id)
        #expect(try bench.check(old).get().keyID == key.id)
        bench.clock.advance(seconds: 59)
        #expect(try bench.check(old).get().keyID == key.id)
        bench.clock.advance(seconds: 1)
        #expect(bench.check(old) == .failure(.revoked))
        #expect(try bench.check(new).get().keyID == key.id)
    }

    @Test func withoutGraceTheOldSecretEndsAtOnce() async throws {
        let bench = Bench()
        let (key, old) = try await bench.registry.create(member())
        _ = try await bench.registry.rotate(id: key.id, project: "default", grace: 0)
        #expect(bench.check(old) == .failure(.revoked))
    }

    @Test func aRevocationEndsOldSecretsToo() async throws {
        let bench = Bench()
        let (key, old) = try await bench.registry.create(member())
        let (_, new) = try await bench.registry.rotate(id: key.id, project: "default", grace: 60_000_000)
        try await bench.registry.revoke(id: key.id, project: "default")
        #expect(bench.check(old) == .failure(.revoked))
        #expect(bench.check(new) == .failure(.revoked))
        await #expect(throws: KeyError.alreadyRevoked(id: key.id)) {
            _ = try await bench.registry.rotate(id: key.id, project: "default", grace: 0)
        }
    }

    @Test func severalOldSecretsMayWorkSideBySide() async throws {
        let bench = Bench()
        let (key, first) = try await bench.registry.create(member())
        let (_, second) = try await bench.registry.rotate(id: key.id, project: "default", grace: 90_000_000)
        let (_, third) = try await bench.registry.rotate(id: key.id, project: "default", grace: 30_000_000)
        for secret in [first, second, third] { #expect(try bench.check(secret).get().keyID == key.id) }
        bench.clock.advance(seconds: 30)
        #expect(try bench.check(first).get().keyID == key.id)
        #expect(bench.check(second) == .failure(.revoked))
    }

    @Test(arguments: [-1, 90 * 86_400_000_000 + 1] as [Int64])
    func aGraceThatIsTooLongOrNegativeIsRefused(grace: Int64) async throws {
        let bench = Bench()
        let (key, secret) = try await bench.registry.create(member())
        await #expect(throws: KeyError.self) {
            _ = try await bench.registry.rotate(id: key.id, project: "default", grace: grace)
        }
        #expect(try bench.check(secret).get().keyID == key.id)
    }

    /// A restart with the old secret still in the environment must not undo the rotation.
    @Test func aBootstrapSecretThatWasRotatedAwayDoesNotComeBack() async throws {
        let bench = Bench()
        let given = "the-operators-own-secret-01"
        guard case .installed(let key) = try await bench.registry.bootstrap(secret: given, environment: "dev") else {
            Issue.record("the secret was not installed")
            return
        }
        let (_, new) = try await bench.registry.rotate(id: key.id, project: "default", grace: 0)
        let again = try await bench.registry.bootstrap(secret: given, environment: "dev")
        guard case .givenIsRevoked(let found) = again else {
            Issue.record("expected givenIsRevoked, got \(again)")
            return
        }
        #expect(found.id == key.id)
        #expect(bench.check(given) == .failure(.revoked))
        #expect(try bench.check(new).get().role == .admin)
    }
}
