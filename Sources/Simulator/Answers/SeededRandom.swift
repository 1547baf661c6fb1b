/// A small deterministic generator: equal seeds and texts give equal sequences on every machine.
///
/// State is FNV-1a (64 bit) of the texts, stepped by SplitMix64 (Steele, Lea, Flood 2014).
struct SeededRandom {
    private var state: UInt64

    init(seed: UInt64, _ texts: String...) {
        state = seed ^ 0xcbf2_9ce4_8422_2325
        for text in texts {
            for byte in text.utf8 { absorb(byte) }
            absorb(0xff)  // never occurs in UTF-8, so ("ab", "c") and ("a", "bc") differ
        }
    }

    init(seed: UInt64, bytes: UnsafeRawBufferPointer) {
        state = seed ^ 0xcbf2_9ce4_8422_2325
        for byte in bytes { absorb(byte) }
    }

    private mutating func absorb(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A number in `0..<bound`; 0 if the bound is not positive.
    mutating func below(_ bound: Int) -> Int { bound > 0 ? Int(next() % UInt64(bound)) : 0 }

    mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

    /// 16 hexadecimal digits.
    mutating func hex() -> String {
        let digits = String(next(), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
