package import Storage

/// What every store of versions must do. Run each check against a fresh, empty store.
package enum VersionStoreConformance {
    /// One behaviour of a store of versions.
    package typealias Check = ConformanceCheck<any VersionStore>

    /// All of them; each needs a store of its own.
    package static let checks: [Check] = versions + pointers + lists

    private static let versions = [
        Check(name: "versions are numbered from 1 and come back newest first") { store in
            try requireEqual(try await store.versions(place("a"), before: nil, limit: 10), [], "of a new store")
            var records: [VersionRecord] = []
            for text in ["one", "two", "one"] { records.insert(try await store.put(draft("a", text)), at: 0) }
            try requireEqual(records.map(\.number), [3, 2, 1], "numbers")
            try requireEqual(try await store.versions(place("a"), before: nil, limit: 10), records, "all")
            try requireEqual(
                try await store.versions(place("a"), before: 3, limit: 1), [records[1]], "a page further back")
            try requireEqual(try await store.version(place("a"), number: 2), records[1], "by number")
            try requireEqual(try await store.version(place("a"), number: 4), nil, "a number too high")
            try requireEqual(try await store.version(place("a"), hash: "hash of one"), records[0], "by hash")
            try requireEqual(try await store.version(place("a"), hash: "other"), nil, "another hash")
        },
        Check(name: "content equal to the newest version's makes no version") { store in
            let first = try await store.put(draft("a", "one"))
            var again = draft("a", "one")
            again.author = "somebody else"
            try requireEqual(try await store.put(again), first, "what was stored")
            try requireEqual(try await store.versions(place("a"), before: nil, limit: 10), [first], "versions")
        },
        Check(name: "everything of a version comes back, and places don't mix") { store in
            var full = draft("größer/\"🚂\"", "\u{0}\u{1}")
            full.parent = 7
            full.message = "why"
            let stored = try await store.put(full)
            try requireEqual(stored, VersionRecord(full, number: 1), "the version")
            for other in [
                VersionPlace(kind: "other", project: "p1", path: full.place.path),
                VersionPlace(kind: "route", project: "p2", path: full.place.path), place("größer"),
            ] { try requireEqual(try await store.version(other, number: 1), nil, "at \(other)") }
        },
    ]

    private static let pointers = [
        Check(name: "a pointer stands where its last move left it, and remembers the way") { store in
            try requireEqual(try await store.pointer(place("a"), name: "active"), nil, "a pointer never moved")
            for text in ["one", "two"] { _ = try await store.put(draft("a", text)) }
            var moves: [VersionPointer] = []
            for (at, number) in ([1, 2, 1, nil] as [Int64?]).enumerated() {
                let to = pointer(number, at: Int64(at))
                moves.insert(try await store.movePointer(PointerMove(place("a"), to: to)), at: 0)
                try requireEqual(try await store.pointer(place("a"), name: "active"), to, "the pointer")
            }
            try requireEqual(try await store.pointerHistory(place("a"), name: "active", limit: 10), moves, "history")
            try requireEqual(
                try await store.pointerHistory(place("a"), name: "active", limit: 2), Array(moves.prefix(2)), "a part")
            try requireEqual(try await store.pointer(place("a"), name: "other"), nil, "another pointer")
        },
        Check(name: "a move from elsewhere than expected is a conflict and changes nothing") { store in
            for text in ["one", "two"] { _ = try await store.put(draft("a", text)) }
            let first = try await store.movePointer(
                PointerMove(place("a"), to: pointer(1, at: 1), expected: .version(nil)))
            for expected in [nil, 2] as [Int64?] {
                let move = PointerMove(place("a"), to: pointer(2, at: 2), expected: .version(expected))
                do { _ = try await store.movePointer(move) } catch let conflict as VersionConflict {
                    try requireEqual(conflict.current, 1, "where it stands")
                    continue
                }
                throw ConformanceFailure("a pointer was moved by somebody who believed it elsewhere")
            }
            try requireEqual(try await store.pointerHistory(place("a"), name: "active", limit: 9), [first], "history")
            let moved = try await store.movePointer(
                PointerMove(place("a"), to: pointer(2, at: 3), expected: .version(1)))
            try requireEqual(moved.number, 2, "the move that was right")
        },
        Check(name: "a pointer can't be moved to a version that does not exist") { store in
            _ = try await store.put(draft("a", "one"))
            do {
                _ = try await store.movePointer(PointerMove(place("a"), to: pointer(2, at: 1)))
            } catch StorageError.notFound {
                return try requireEqual(try await store.pointer(place("a"), name: "active"), nil, "the pointer")
            }
            throw ConformanceFailure("a pointer was moved to nowhere")
        },
        Check(name: "of many that move a pointer at once, one wins") { store in
            for text in ["one", "two"] { _ = try await store.put(draft("a", text)) }
            let wins = await withTaskGroup(of: Bool.self) { group in
                for at in 0..<16 {
                    group.addTask {
                        let move = PointerMove(place("a"), to: pointer(1, at: Int64(at)), expected: .version(nil))
                        return (try? await store.movePointer(move)) != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            try requireEqual(wins, 1, "moves that went through")
        },
    ]

    private static let lists = [
        Check(name: "the list holds what the pointer stands at, by path, page by page") { store in
            for path in ["b", "a/2", "a/1", "A", "a%"] {
                _ = try await store.put(draft(path, "old"))
                _ = try await store.put(draft(path, "new"))
                _ = try await store.movePointer(PointerMove(place(path), to: pointer(2, at: 1)))
            }
            _ = try await store.put(draft("no pointer", "x"))
            _ = try await store.movePointer(PointerMove(place("b"), to: pointer(nil, at: 2)))
            try requireEqual(try await list(store), ["A", "a%", "a/1", "a/2"], "all")
            try requireEqual(try await list(store, prefix: "a/"), ["a/1", "a/2"], "under a prefix")
            try requireEqual(try await list(store, after: "a%", limit: 1), ["a/1"], "a page")
            let records = try await store.paths(
                kind: "route", project: "p1", pointer: "active", prefix: "A", after: nil, limit: 10)
            try requireEqual(records.map(\.number), [2], "the version")
            let others = try await store.paths(
                kind: "route", project: "p2", pointer: "active", prefix: "", after: nil, limit: 10)
            try requireEqual(others, [], "of another project")
        }
    ]

    private static func list(
        _ store: any VersionStore, prefix: String = "", after: String? = nil, limit: Int = 100
    ) async throws -> [String] {
        try await store.paths(
            kind: "route", project: "p1", pointer: "active", prefix: prefix, after: after, limit: limit
        ).map(\.place.path)
    }

    private static func place(_ path: String) -> VersionPlace {
        VersionPlace(kind: "route", project: "p1", path: path)
    }

    private static func draft(_ path: String, _ text: String) -> VersionDraft {
        VersionDraft(
            place: place(path), hash: "hash of \(text)", body: Array(text.utf8), author: "key_1", message: "",
            at: Int64(text.utf8.count))
    }

    private static func pointer(_ number: Int64?, at: Int64) -> VersionPointer {
        VersionPointer(name: "active", number: number, by: "key_1", at: at, note: "because")
    }
}
