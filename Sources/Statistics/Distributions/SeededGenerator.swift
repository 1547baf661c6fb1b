#if canImport(Glibc)
import Glibc
#endif

/// The room's only randomness: a generator that repeats the same sequence for the same seed on every machine.
///
/// xoshiro256** by D. Blackman and S. Vigna (2018), its state filled by SplitMix64 as its authors recommend.
package struct SeededGenerator: RandomNumberGenerator, Sendable, Hashable {
    private var s0: UInt64
    private var s1: UInt64
    private var s2: UInt64
    private var s3: UInt64
    private let seed: UInt64

    package init(seed: UInt64) {
        self.seed = seed
        var mixer = SplitMix64(state: seed)
        (s0, s1, s2, s3) = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    package mutating func next() -> UInt64 {
        let product = s1 &* 5
        let result = ((product << 7) | (product >> 57)) &* 9
        let shifted = s1 << 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= shifted
        s3 = (s3 << 45) | (s3 >> 19)
        return result
    }

    /// The generator number `index` of this seed, for work that is shared out: its sequence depends on the seed and the
    /// index alone, not on what was drawn before.
    package func stream(_ index: UInt64) -> SeededGenerator {
        var mixer = SplitMix64(state: seed ^ 0x5851_F42D_4C95_7F2D)
        let base = mixer.next()
        var inner = SplitMix64(state: base &+ index &* 0xD134_2543_DE82_EF95)
        return SeededGenerator(seed: inner.next())
    }
}

/// SplitMix64 by G. Steele, D. Lea and C. Flood (2014).
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension RandomNumberGenerator {
    /// A number in 0..<1 with 53 random bits.
    package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A whole number in 0..<count, without bias (D. Lemire 2019). `count` must be positive.
    package mutating func index(below count: Int) -> Int {
        let bound = UInt64(count)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let floor = (0 &- bound) % bound
            while product.low < floor { product = next().multipliedFullWidth(by: bound) }
        }
        return Int(product.high)
    }

    /// A standard normal number (by inversion, one draw each).
    package mutating func normal() -> Double {
        Normal.quantile((Double(next() >> 12) + 0.5) * 0x1p-52)
    }

    /// Puts the elements into random order (Fisher and Yates).
    package mutating func shuffle<Element>(_ elements: inout [Element]) {
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, index(below: last + 1))
        }
    }
}
