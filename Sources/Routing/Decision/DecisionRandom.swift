/// The random numbers of one decision, all from one number of the caller's generator.
///
/// SplitMix64 (Steele, Lea and Flood, 2014): one word of state, no call into another module.
struct DecisionRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        defer { state &+= 0x9E37_79B9_7F4A_7C15 }
        return Rendezvous.mixed(state)
    }
}
