/// Means of resampled units: the loop that the bootstrap's time is spent in.
struct ResampledMeans {
    /// Sums of the units' values; a unit is a case or a cluster.
    let totals: [Double]
    /// Cases of each unit; `nil` where each is one.
    let sizes: [Double]?

    var count: Int { totals.count }

    /// The means of `resamples` draws of all units with replacement.
    func draw(_ resamples: Int, seed: UInt64) -> [Double] {
        var indices = FastIndices(seed: seed, count: totals.count)
        let units = totals.indices.map { SIMD2(totals[$0], sizes?[$0] ?? 1) }
        let divisor = Double(totals.count)
        return units.withUnsafeBufferPointer { units in
            totals.withUnsafeBufferPointer { totals in
                (0..<resamples).map { _ in
                    guard sizes != nil else { return Self.sum(totals, &indices) / divisor }
                    let sums = Self.sum(units, &indices)
                    return sums.x / sums.y
                }
            }
        }
    }

    /// The means without one unit each.
    func leaveOneOut() -> [Double] {
        let sum = ExactSum(totals).value
        let size = sizes.map { ExactSum($0).value } ?? Double(totals.count)
        return totals.indices.map { (sum - totals[$0]) / (size - (sizes?[$0] ?? 1)) }
    }

    private static func sum(_ values: UnsafeBufferPointer<Double>, _ indices: inout FastIndices) -> Double {
        var first = 0.0
        var second = 0.0
        for _ in 0..<values.count / 2 {
            let pair = indices.pair()
            first += values[pair.0]
            second += values[pair.1]
        }
        if values.count % 2 == 1 { first += values[indices.pair().0] }
        return first + second
    }

    private static func sum(
        _ units: UnsafeBufferPointer<SIMD2<Double>>, _ indices: inout FastIndices
    ) -> SIMD2<Double> {
        var first = SIMD2<Double>()
        var second = SIMD2<Double>()
        for _ in 0..<units.count / 2 {
            let pair = indices.pair()
            first += units[pair.0]
            second += units[pair.1]
        }
        if units.count % 2 == 1 { first += units[indices.pair().0] }
        return first + second
    }
}

/// Random places, two for one random number.
///
/// Half a number times the count, shifted: for 65,536 places, the likeliest is likelier than the least likely by less
/// than one in 65,536, which no bootstrap can see. Above that, every place takes a whole number.
struct FastIndices {
    private var generator: SeededGenerator
    private let count: UInt64
    private let isSmall: Bool

    /// `count` must be positive.
    init(seed: UInt64, count: Int) {
        generator = SeededGenerator(seed: seed)
        self.count = UInt64(count)
        isSmall = count <= 1 << 16
    }

    /// Two places in 0..<count.
    @inline(__always)
    mutating func pair() -> (Int, Int) {
        let bits = generator.next()
        guard isSmall else {
            let other = generator.next()
            return (Int(bits.multipliedFullWidth(by: count).high), Int(other.multipliedFullWidth(by: count).high))
        }
        return (Int(((bits >> 32) &* count) >> 32), Int(((bits & 0xFFFF_FFFF) &* count) >> 32))
    }
}
