package import Storage

/// What every record store must do. Run each check against a fresh, empty store.
package enum RecordStoreConformance {
    /// One behaviour of a record store.
    package typealias Check = ConformanceCheck<any RecordStore>

    /// All of them; each needs a store of its own.
    package static let checks: [Check] = keys + grants + subjects + settings

    private static let keys = [
        Check(name: "keys come back as they were stored, oldest first, revoked ones too") { store in
            try requireEqual(try await store.keys(), [], "keys of a new store")
            var second = key("b", createdAt: 20)
            second.revokedAt = 30
            second.expiresAt = 25
            second.allowedModels = ["gpt-4o-mini", "größer \"🚂\""]
            let first = key("a", createdAt: 10)
            try await store.insert(second)
            try await store.insert(first)
            try requireEqual(try await store.keys(), [first, second], "keys")
        },
        Check(name: "an update replaces the key with the same id and no other") { store in
            let other = key("b", createdAt: 2)
            var changed = key("a", createdAt: 1)
            try await store.insert(changed)
            try await store.insert(other)
            changed.name = "renamed"
            changed.role = .admin
            changed.revokedAt = 9
            changed.allowedModels = ["one"]
            try await store.update(changed)
            try requireEqual(try await store.keys(), [changed, other], "keys")
        },
        Check(name: "a taken id or secret is a duplicate, and nothing is stored") { store in
            let first = key("a", createdAt: 1)
            try await store.insert(first)
            var sameSecret = key("b", createdAt: 2)
            sameSecret.secretHash = first.secretHash
            for taken in [key("a", createdAt: 3), sameSecret] {
                do {
                    try await store.insert(taken)
                } catch StorageError.duplicate {
                    continue
                }
                throw ConformanceFailure("a key with a taken id or secret was stored")
            }
            try requireEqual(try await store.keys(), [first], "keys")
        },
        Check(name: "an update of a key that does not exist is refused") { store in
            do {
                try await store.update(key("a", createdAt: 1))
            } catch StorageError.notFound {
                return try requireEqual(try await store.keys(), [], "keys")
            }
            throw ConformanceFailure("a key that does not exist was updated")
        },
    ]

    private static let settings = [
        Check(name: "a setting is nil until it is set, and then keeps its first value") { store in
            try requireEqual(try await store.setting("salt"), nil, "a setting that was never set")
            try requireEqual(try await store.setSettingIfAbsent("salt", to: [1, 0, 255]), [1, 0, 255], "first set")
            try requireEqual(try await store.setSettingIfAbsent("salt", to: [2]), [1, 0, 255], "second set")
            try requireEqual(try await store.setting("salt"), [1, 0, 255], "the setting")
            try requireEqual(try await store.setting("pepper"), nil, "another setting")
            try requireEqual(try await store.setSettingIfAbsent("empty", to: []), [], "an empty value")
            try requireEqual(try await store.setting("empty"), [], "an empty value")
        },
        Check(name: "of many that set at once, one wins and all are told the same") { store in
            let answers = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for number in 0..<16 {
                    group.addTask { try await store.setSettingIfAbsent("salt", to: [UInt8(number)]) }
                }
                return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
            }
            try requireEqual(answers.count, 1, "different answers")
            try requireEqual(try await store.setting("salt"), answers.first, "the setting")
        },
    ]

    static func key(_ id: String, createdAt: Int64) -> KeyRecord {
        KeyRecord(
            id: "key_\(id)", name: "key \(id)", secretHash: Array("secret of \(id)".utf8), hint: "sb-\(id)",
            project: "p1", environment: "production", role: .member, createdAt: createdAt)
    }
}
