package import Vocabulary

/// What people decided, kept for good: each thing (a route, a prompt, a guard) has numbered versions that never change,
/// and named pointers that say which version counts. One mechanism for every kind.
///
/// Rooms make hashes and times; an adapter stores what it is given. Every change is whole, and on the disk when the
/// call returns.
package protocol VersionStore: Sendable {
    /// Stores a version after the newest one of its place, numbered from 1. Content equal to the newest one's (by
    /// hash) makes no version: the newest one is returned.
    func put(_ draft: VersionDraft) async throws -> VersionRecord

    /// A place's versions, newest first.
    ///
    /// - Parameters:
    ///   - before: Only versions with a lower number; `nil` for all.
    ///   - limit: 1...1000.
    func versions(_ place: VersionPlace, before: Int64?, limit: Int) async throws -> [VersionRecord]

    /// One version by its number; `nil` if there is none.
    func version(_ place: VersionPlace, number: Int64) async throws -> VersionRecord?

    /// The newest version with this content; `nil` if there is none.
    func version(_ place: VersionPlace, hash: String) async throws -> VersionRecord?

    /// Where a pointer stands; `nil` where it was never moved.
    func pointer(_ place: VersionPlace, name: String) async throws -> VersionPointer?

    /// Moves a pointer, unless somebody else did in the meantime.
    ///
    /// - Throws: `VersionConflict` where the pointer does not stand at `expected`, `StorageError.notFound` where there
    ///   is no such version.
    func movePointer(_ move: PointerMove) async throws -> VersionPointer

    /// Every move of a pointer, newest first; `limit` as in `versions`.
    func pointerHistory(_ place: VersionPlace, name: String, limit: Int) async throws -> [VersionPointer]

    /// Everything of a kind in a project whose pointer `name` stands at a version, by path, with that version.
    ///
    /// - Parameters:
    ///   - prefix: How the path begins; empty for all.
    ///   - after: The last path of the page before; `nil` for the first page.
    ///   - limit: As in `versions`.
    func paths(
        kind: String, project: ProjectID, pointer name: String, prefix: String, after: String?, limit: Int
    ) async throws -> [VersionRecord]
}

/// What versions belong to: the kind of thing (`route`, `prompt` ...), its project, and its name there.
package struct VersionPlace: Sendable, Hashable {
    package var kind: String
    package var project: ProjectID
    /// May be divided by slashes.
    package var path: String

    package init(kind: String, project: ProjectID, path: String) {
        self.kind = kind
        self.project = project
        self.path = path
    }
}

/// A version before it has a number.
package struct VersionDraft: Sendable, Equatable {
    package var place: VersionPlace
    /// SHA-256 of the canonical body, as lower-case hexadecimal digits.
    package var hash: String
    package var body: [UInt8]
    /// The version that it was made from; `nil` for none.
    package var parent: Int64?
    /// Who made it: the id of a key, or a name.
    package var author: String
    /// Why, for people; may be empty.
    package var message: String
    package var at: UnixMicroseconds

    package init(
        place: VersionPlace, hash: String, body: [UInt8], parent: Int64? = nil, author: String, message: String = "",
        at: UnixMicroseconds
    ) {
        self.place = place
        self.hash = hash
        self.body = body
        self.parent = parent
        self.author = author
        self.message = message
        self.at = at
    }
}

/// One version of one thing; never changed.
package struct VersionRecord: Sendable, Equatable {
    package var place: VersionPlace
    /// 1, 2, 3 ... within the place.
    package var number: Int64
    /// As in `VersionDraft`.
    package var hash: String
    package var parent: Int64?
    package var author: String
    package var message: String
    package var createdAt: UnixMicroseconds
    package var body: [UInt8]

    package init(_ draft: VersionDraft, number: Int64) {
        place = draft.place
        self.number = number
        hash = draft.hash
        parent = draft.parent
        author = draft.author
        message = draft.message
        createdAt = draft.at
        body = draft.body
    }
}

/// Where a pointer stands since its last move.
package struct VersionPointer: Sendable, Equatable {
    package var name: String
    /// The version's number; `nil` where it points at nothing, which is how things are deleted.
    package var number: Int64?
    package var by: String
    package var at: UnixMicroseconds
    /// Why, for people; may be empty.
    package var note: String

    package init(name: String, number: Int64?, by: String, at: UnixMicroseconds, note: String = "") {
        self.name = name
        self.number = number
        self.by = by
        self.at = at
        self.note = note
    }
}

/// A move of a pointer.
package struct PointerMove: Sendable, Equatable {
    /// Where the mover believes the pointer to stand.
    package enum Expected: Sendable, Equatable {
        /// Wherever.
        case anything
        /// At that version; `nil` for nothing.
        case version(Int64?)
    }

    package var place: VersionPlace
    package var pointer: VersionPointer
    package var expected: Expected

    package init(_ place: VersionPlace, to pointer: VersionPointer, expected: Expected = .anything) {
        self.place = place
        self.pointer = pointer
        self.expected = expected
    }
}

/// Somebody else moved the pointer first.
package struct VersionConflict: Error, Sendable, Equatable {
    /// Where the pointer stands; `nil` for nothing.
    package var current: Int64?

    package init(current: Int64?) { self.current = current }
}
