import Storage
import Vocabulary

/// Stores bodies under (project, hash), each once. Belongs to the writer's connection.
final class ContentTable {
    private let claim: SQLStatement
    private let insert: SQLStatement
    private var nextSequence: Int64
    private var recent = RecentSet<Key>(capacity: ContentTable.remembered)

    /// Per generation, 24 bytes each: at most 3 MB. A busy minute of conversations repeats fewer than this.
    private static let remembered = 32_768

    /// A hash in its project.
    private struct Key: Hashable {
        var project: Int64
        var hash: ContentHash

        /// The hash is uniform already; the project only tells equal ones apart.
        func hash(into hasher: inout Hasher) { hasher.combine(hash.low) }
    }

    init(on connection: OpaquePointer) throws(StorageError) {
        claim = try SQLStatement(
            "INSERT OR IGNORE INTO content_index (project, hash, seq) VALUES (?, ?, ?)", on: connection)
        insert = try SQLStatement("INSERT INTO contents (seq, bytes) VALUES (?, ?)", on: connection)
        let highest = try SQLStatement("SELECT max(seq) FROM contents", on: connection)
        nextSequence = try highest.step() ? highest.nextInt() + 1 : 1
    }

    /// Stores the piece unless it is stored already. True if it was new.
    func store(_ piece: ContentPiece, project: Int64) throws(StorageError) -> Bool {
        guard recent.insert(Key(project: project, hash: piece.hash)) else { return false }
        claim.bind(project)
        claim.bind(piece.hash)
        claim.bind(nextSequence)
        guard try claim.runCountingChange() else { return false }
        insert.bind(nextSequence)
        try insert.run(lending: piece.bytes)
        nextSequence += 1
        return true
    }

    /// After a rollback: the bodies of the lost transaction are not stored.
    func forget() { recent.removeAll() }
}
