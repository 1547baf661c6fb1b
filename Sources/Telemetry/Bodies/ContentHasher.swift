import Crypto
package import Vocabulary

/// Names content by what it is: the first 16 bytes of SHA-256 over `project, 0x00, bytes`.
///
/// The project is part of it, so no project can learn from a hash that another one has the same content.
package struct ContentHasher: Sendable {
    package let project: ProjectID
    private let prefix: SHA256

    package init(project: ProjectID) {
        self.project = project
        var hash = SHA256()
        hash.update(data: Array(project.utf8) + [0])
        prefix = hash
    }

    /// The hash of `bytes`.
    package func hash(_ bytes: UnsafeRawBufferPointer) -> ContentHash {
        var hash = prefix
        hash.update(bufferPointer: bytes)
        return hash.finalize().withUnsafeBytes { digest in
            ContentHash(
                high: UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                low: UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }
}
