import Bytes
import Crypto

/// Names a version by what it says: SHA-256 of its canonical body.
package enum VersionHash {
    /// 64 lower-case hexadecimal digits.
    package static func hex(of bytes: [UInt8]) -> String { Hex.encode(Array(SHA256.hash(data: bytes))) }
}
