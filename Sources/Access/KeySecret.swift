/// How secrets look: `sb-` and 40 characters out of 62, which is 238 bits of randomness.
package enum KeySecret {
    /// What every secret made here begins with, so that scanners of leaked secrets can find it.
    package static let prefix = "sb-"
    /// Characters after the prefix.
    package static let randomCharacters = 40
    /// Fewest characters of a secret that an operator chose: below this it could be guessed.
    package static let minimumGivenLength = 20
    /// Longest secret that is looked at at all, in bytes; bounds the hashing that a stranger can cause.
    package static let maximumLength = 512

    /// A fresh secret.
    ///
    /// - Parameter randomBytes: Gives that many bytes from a cryptographically secure generator.
    /// - Throws: `KeyError.noEntropy` if the generator gives hardly anything but rejected bytes.
    static func make(randomBytes: (Int) -> [UInt8]) throws(KeyError) -> String {
        var out = Array(prefix.utf8)
        // Each byte is kept with probability 248/256, so one round of 64 is nearly always enough; 64 is for the broken.
        for _ in 0..<64 {
            for byte in randomBytes(64) where byte < unbiasedLimit {
                out.append(alphabet[Int(byte) % alphabet.count])
                if out.count == prefix.utf8.count + randomCharacters { return String(decoding: out, as: UTF8.self) }
            }
        }
        throw .noEntropy
    }

    /// The first seven characters: `sb-` and four more, enough to tell keys apart and useless for guessing the rest.
    static func hint(_ secret: String) -> String { String(secret.prefix(7)) }

    /// Checks a secret that an operator chose.
    static func checkGiven(_ secret: String) throws(KeyError) {
        let count = secret.count
        if count < minimumGivenLength {
            throw .bootstrap(
                reason: "it has \(count) characters, and at least \(minimumGivenLength) are needed. "
                    + "Make one with `openssl rand -hex 24`."
            )
        }
        if secret.utf8.count > maximumLength {
            throw .bootstrap(reason: "it is longer than \(maximumLength) bytes.")
        }
        // A header field cannot carry control characters and loses space at its ends.
        if secret.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
            throw .bootstrap(reason: "it contains a space or a control character, which a header cannot carry safely.")
        }
    }

    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    /// The largest multiple of 62 in a byte: bytes from here on would favour the first characters.
    private static let unbiasedLimit: UInt8 = 248
}
