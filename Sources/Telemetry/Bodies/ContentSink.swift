package import Vocabulary

/// Gathers the content of one batch, each piece once.
package struct ContentSink {
    package private(set) var pieces: [ContentPiece] = []
    private var seen: Set<ContentHash> = []
    private var hashers: [ProjectID: ContentHasher] = [:]

    package init() {}

    /// Takes a copy of `bytes` unless the batch has it already, and returns its hash.
    package mutating func add(_ bytes: UnsafeRawBufferPointer, project: ProjectID) -> ContentHash {
        let hash = hasher(of: project).hash(bytes)
        if seen.insert(hash).inserted {
            pieces.append(ContentPiece(hash: hash, project: project, bytes: Array(bytes)))
        }
        return hash
    }

    /// Takes bytes that are already an array in, as the other `add` does.
    package mutating func add(_ bytes: [UInt8], project: ProjectID) -> ContentHash {
        bytes.withUnsafeBytes { add($0, project: project) }
    }

    private mutating func hasher(of project: ProjectID) -> ContentHasher {
        if let hasher = hashers[project] { return hasher }
        let hasher = ContentHasher(project: project)
        hashers[project] = hasher
        return hasher
    }
}
