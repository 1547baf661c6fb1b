import Access
import Storage
import Testing

struct KeyLookupTests {
    @Test func aFreshSecretStandsForItsKey() async throws {
        let bench = Bench()
        var new = member()
        new.allowedModels = ["gpt-4o", "gpt-4o", "claude"]
        let (key, secret) = try await bench.registry.create(new)
        let principal = try bench.check(secret).get()
        #expect(principal.keyID == key.id)
        #expect(principal.name == "app")
        #expect(principal.project == "default")
        #expect(principal.environment == "dev")
        #expect(principal.role == .member)
        #expect(principal.allowedModels == ["gpt-4o", "claude"])
        #expect(key.allowedModels == ["gpt-4o", "claude"])
        #expect(principal.mayUse(model: "claude"))
        #expect(!principal.mayUse(model: "o3"))
    }

    @Test func aKeyWithoutAListMayUseEveryModel() async throws {
        let bench = Bench()
        let (_, secret) = try await bench.registry.create(member())
        #expect(try bench.check(secret).get().mayUse(model: "anything"))
    }

    @Test(arguments: [
        (nil, AccessError.missing), ("", .missing), ("sb-wrong", .unknown),
        (String(repeating: "x", count: 513), .unknown),
    ])
    func whatIsNoSecretIsRefused(secret: String?, error: AccessError) async throws {
        let bench = Bench()
        _ = try await bench.registry.create(member())
        #expect(bench.check(secret) == .failure(error))
    }

    @Test func everyCharacterOfASecretCounts() async throws {
        let bench = Bench()
        let (_, secret) = try await bench.registry.create(member())
        for index in secret.indices {
            var other = secret
            other.replaceSubrange(index...index, with: other[index] == "x" ? "y" : "x")
            #expect(bench.check(other) == .failure(.unknown))
        }
        #expect(bench.check(String(secret.dropLast())) == .failure(.unknown))
        #expect(bench.check(secret + "0") == .failure(.unknown))
    }

    @Test func aRevokedKeyIsRefusedByName() async throws {
        let bench = Bench()
        let (key, secret) = try await bench.registry.create(member())
        let revoked = try await bench.registry.revoke(id: key.id, project: "default")
        #expect(revoked.revokedAt == bench.clock.now())
        #expect(bench.check(secret) == .failure(.revoked))
    }

    @Test func aKeyWorksUntilTheVeryMomentOfItsExpiry() async throws {
        let bench = Bench()
        var new = member()
        new.expiresAt = bench.clock.now() + 10_000_000
        let (_, secret) = try await bench.registry.create(new)
        bench.clock.advance(seconds: 9)
        #expect(throws: Never.self) { try bench.check(secret).get() }
        bench.clock.advance(seconds: 1)
        #expect(bench.check(secret) == .failure(.expired))
    }

    @Test func aDamagedStoredHashFitsNothing() async throws {
        var key = KeyRecord(
            id: "key_1", name: "x", secretHash: [1, 2, 3], hint: "", project: "default", environment: "dev",
            role: .admin, createdAt: 0
        )
        #expect(KeySnapshot(keys: [key], salt: []).count == 0)
        key.secretHash = [UInt8](repeating: 0, count: 32)
        #expect(KeySnapshot(keys: [key], salt: []).count == 1)
    }

    @Test func everyRefusalHasACodeAndSaysWhatToDo() {
        #expect(Set(AccessError.allCases.map(\.code)).count == AccessError.allCases.count)
        for error in AccessError.allCases {
            #expect(error.message.contains("key"))
            let isKnown = [.adminRequired, .scopeRequired, .blocked].contains(error)
            #expect(error.httpStatus == (isKnown ? 403 : 401))
        }
    }
}
