/// Rendezvous hashing: each session ranks the targets by a hash of both. A session stays where it is as long as its
/// target is there, and only the sessions of a target that goes are spread over the others.
///
/// Source: Thaler and Ravishankar, "A name-based mapping scheme for rendezvous", 1996; weights as in Schindelhauer and
/// Schomaker, "Weighted distributed hash tables", 2005.
enum Rendezvous {
    /// The score of one target for one session; the highest wins, and each wins in proportion to its weight.
    static func score(key: UInt64, identity: UInt64, weight: Double) -> Double {
        let hash = mixed(key ^ identity)
        // 53 bits, moved off 0 and 1 by half a step, so that the logarithm is finite and below zero.
        let uniform = (Double(hash >> 11) + 0.5) / 9_007_199_254_740_992
        return weight / -naturalLogarithm(uniform)
    }

    /// FNV-1a over the bytes, mixed.
    static func hash(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return mixed(hash)
    }

    /// SplitMix64's finaliser: every bit of the input moves every bit of the output.
    static func mixed(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// ln x = exponent ln 2 + 2 artanh((m - 1) / (m + 1)) for x = m 2^exponent with m in 1..<2; eleven terms of the
    /// series leave less than 1e-12. Written out, as the C library may round differently from machine to machine.
    static func naturalLogarithm(_ x: Double) -> Double {
        let ratio = (x.significand - 1) / (x.significand + 1)
        var power = ratio
        var sum = 0.0
        for odd in stride(from: 1.0, through: 23.0, by: 2.0) {
            sum += power / odd
            power *= ratio * ratio
        }
        return Double(x.exponent) * 0.693_147_180_559_945_3 + 2 * sum
    }
}
