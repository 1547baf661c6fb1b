import Storage
import Synchronization
import Vocabulary

/// The writer's side of the `names` table: strings that repeat on every span become small integers.
///
/// Belongs to the writer's connection.
final class NameTable {
    private let select: SQLStatement
    private let insert: SQLStatement
    private var known: [String: Int64] = [:]

    /// Callers can invent model names; past this many (some 2 MB) the memory starts over and the table answers.
    private static let limit = 16_384

    init(on connection: OpaquePointer) throws(StorageError) {
        select = try SQLStatement("SELECT id FROM names WHERE value = ?", on: connection)
        insert = try SQLStatement("INSERT INTO names (value) VALUES (?) RETURNING id", on: connection)
    }

    /// The name's number, made if it is new.
    func id(of name: String) throws(StorageError) -> Int64 {
        if let id = known[name] { return id }
        let id: Int64
        if let stored = try Self.first(select, name) {
            id = stored
        } else if let made = try Self.first(insert, name) {
            id = made
        } else {
            throw .engine("the store gave no number to the name \(name)")
        }
        if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
        known[name] = id
        return id
    }

    /// After a rollback: numbers made in the lost transaction must not be used.
    func forget() { known.removeAll(keepingCapacity: true) }

    private static func first(_ statement: SQLStatement, _ name: String) throws(StorageError) -> Int64? {
        defer { statement.reset() }
        statement.bind(name)
        return try statement.step() ? statement.nextInt() : nil
    }
}

/// The readers' side: numbers back to strings. A number never changes its meaning, so what is known stays true.
final class NameCache: Sendable {
    private let known = Mutex<[Int64: String]>([:])

    /// As many as the writer keeps, for the same reason.
    private static let limit = 16_384

    subscript(id: Int64) -> String? { known.withLock { $0[id] } }

    func remember(_ id: Int64, _ name: String) {
        known.withLock { names in
            if names.count >= Self.limit { names.removeAll(keepingCapacity: true) }
            names[id] = name
        }
    }
}

/// Looks names up inside one read of one connection.
final class NameLookup {
    private let cache: NameCache
    private let connection: OpaquePointer
    private var select: SQLStatement?

    init(cache: NameCache, connection: OpaquePointer) {
        self.cache = cache
        self.connection = connection
    }

    func name(_ id: Int64) throws(StorageError) -> String {
        if let name = cache[id] { return name }
        let statement: SQLStatement
        if let select { statement = select } else {
            statement = try SQLStatement("SELECT value FROM names WHERE id = ?", on: connection)
            select = statement
        }
        defer { statement.reset() }
        statement.bind(id)
        guard try statement.step() else { throw .engine("the store is damaged: the name \(id) is missing") }
        let name = statement.nextText()
        cache.remember(id, name)
        return name
    }

    /// The number of a name; `nil` if no span ever carried it.
    func id(of name: String) throws(StorageError) -> Int64? {
        let statement = try SQLStatement("SELECT id FROM names WHERE value = ?", on: connection)
        statement.bind(name)
        return try statement.step() ? statement.nextInt() : nil
    }
}
