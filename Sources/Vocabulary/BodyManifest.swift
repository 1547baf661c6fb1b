/// How a request or response body was taken apart for storage: a shell, and the large parts by content hash.
///
/// A body is rebuilt as the shell's members followed by each part. Repeated parts (a conversation's earlier messages,
/// the same tools on every call) are therefore stored once per project.
package struct BodyManifest: Hashable, Sendable {
    /// A top-level member that was cut out of the shell.
    package struct Part: Hashable, Sendable {
        /// The member's name, for example `messages`.
        package var key: String
        /// True if the member is an array whose elements are stored one by one; false if it is one value.
        package var isList: Bool
        package var hashes: [ContentHash]

        package init(key: String, isList: Bool, hashes: [ContentHash]) {
            self.key = key
            self.isList = isList
            self.hashes = hashes
        }
    }

    /// The JSON object that remains, itself stored as content; `nil` for an empty body.
    package var shell: ContentHash?
    package var parts: [Part]

    package init(shell: ContentHash? = nil, parts: [Part] = []) {
        self.shell = shell
        self.parts = parts
    }

    /// Every content the manifest refers to, shell first.
    package var references: [ContentHash] { (shell.map { [$0] } ?? []) + parts.flatMap(\.hashes) }
}

/// One piece of content to store under its hash. Storing it twice is harmless.
package struct ContentPiece: Hashable, Sendable {
    package var hash: ContentHash
    package var project: ProjectID
    package var bytes: [UInt8]

    package init(hash: ContentHash, project: ProjectID, bytes: [UInt8]) {
        self.hash = hash
        self.project = project
        self.bytes = bytes
    }
}
