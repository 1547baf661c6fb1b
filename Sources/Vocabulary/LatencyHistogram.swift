/// A mergeable histogram of durations with a relative error of at most 12.5 %, kept sparse so that it fits in a row.
///
/// Values are microseconds. Each power of two is split into eight equal bins; merging adds counts, so it is associative
/// and commutative to the last bit. A quantile is the upper edge of the bin that holds it.
package struct LatencyHistogram: Sendable, Equatable {
    /// Count per bin index, only for bins that hold something, sorted by index.
    package private(set) var bins: [Bin]

    /// One bin: `index` as given by `LatencyHistogram.bin(of:)`.
    package struct Bin: Sendable, Equatable {
        package var index: UInt16
        package var count: UInt64
        package init(index: UInt16, count: UInt64) {
            self.index = index
            self.count = count
        }
    }

    package init() { bins = [] }

    /// The number of recorded values.
    package var count: UInt64 { bins.reduce(0) { $0 + $1.count } }

    /// Adds `times` values of `microseconds` (negative ones count as zero).
    package mutating func record(_ microseconds: Microseconds, times: UInt64 = 1) {
        add(index: Self.bin(of: microseconds), count: times)
    }

    /// Adds all of `other`'s values.
    package mutating func merge(_ other: LatencyHistogram) {
        for bin in other.bins { add(index: bin.index, count: bin.count) }
    }

    /// The value below which a share `q` (0...1) of the values lies, in microseconds; `nil` when empty.
    package func quantile(_ q: Double) -> Microseconds? {
        let total = count
        guard total > 0 else { return nil }
        let rank = max(1, UInt64((q * Double(total)).rounded(.up)))
        var seen: UInt64 = 0
        for bin in bins {
            seen += bin.count
            if seen >= rank { return Self.upperEdge(of: bin.index) }
        }
        return bins.last.map { Self.upperEdge(of: $0.index) }
    }

    /// 0...7 exactly, then eight bins for each power of two.
    package static func bin(of microseconds: Microseconds) -> UInt16 {
        let value = UInt64(max(0, microseconds))
        if value < 8 { return UInt16(value) }
        let exponent = 63 - value.leadingZeroBitCount
        let mantissa = (value >> (exponent - 3)) & 7
        return UInt16((exponent - 2) * 8 + Int(mantissa))
    }

    /// The largest value that falls into the bin, in microseconds.
    package static func upperEdge(of index: UInt16) -> Microseconds {
        if index < 8 { return Microseconds(index) }
        let exponent = Int(index) / 8 + 2
        let mantissa = Int64(index) % 8
        let width = Int64(1) << (exponent - 3)
        return (8 + mantissa) * width + width - 1
    }

    private mutating func add(index: UInt16, count: UInt64) {
        let at = bins.firstIndex { $0.index >= index } ?? bins.endIndex
        if at < bins.endIndex, bins[at].index == index {
            bins[at].count += count
        } else {
            bins.insert(Bin(index: index, count: count), at: at)
        }
    }
}

extension LatencyHistogram {
    /// Variable-length bytes: for each bin the index delta and the count, both LEB128.
    package var encoded: [UInt8] {
        var out: [UInt8] = []
        var previous: UInt16 = 0
        for bin in bins {
            appendVarint(UInt64(bin.index - previous), to: &out)
            appendVarint(bin.count, to: &out)
            previous = bin.index
        }
        return out
    }

    /// Reads what `encoded` wrote. `nil` if the bytes are damaged.
    package init?(encoded bytes: some Sequence<UInt8>) {
        self.init()
        var iterator = bytes.makeIterator()
        var index: UInt64 = 0
        while let delta = readVarint(&iterator) {
            guard let count = readVarint(&iterator), index + delta <= UInt64(UInt16.max) else { return nil }
            index += delta
            bins.append(Bin(index: UInt16(index), count: count))
        }
    }
}

private func appendVarint(_ value: UInt64, to out: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
        out.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
    }
    out.append(UInt8(rest))
}

private func readVarint(_ iterator: inout some IteratorProtocol<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 63, by: 7) {
        guard let byte = iterator.next() else { return nil }
        value |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return value }
    }
    return nil
}
