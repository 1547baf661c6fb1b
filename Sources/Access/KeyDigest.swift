import Crypto

/// SHA-256 over salt and secret, as four words so that it hashes and compares without an allocation.
///
/// A fast hash is right here, unlike for passwords: secrets have 238 random bits, so there is nothing to guess. An
/// operator's own bootstrap key is as strong as the operator made it; the salt keeps precomputed tables off it.
struct KeyDigest: Hashable, Sendable {
    private var words: SIMD4<UInt64>

    /// Hashes `salt` followed by `secret`.
    init(salt: [UInt8], secret: UnsafeRawBufferPointer) {
        var hasher = SHA256()
        salt.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        hasher.update(bufferPointer: secret)
        words = hasher.finalize().withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
    }

    /// Reads a stored hash. `nil` unless it has 32 bytes.
    init?(stored: [UInt8]) {
        guard stored.count == SHA256.byteCount else { return nil }
        words = stored.withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
    }

    /// The 32 bytes as stored.
    var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }
}
