import Testing
import Vocabulary

@Suite struct Values {
    @Test func idsRoundTrip() {
        let id = ID128(high: 0x0192_0a3b_4c5d_7e6f, low: 0x8fff_0000_0000_0001)
        #expect(ID128(hex: id.hex) == id && ID128(hex: id.uuid) == id && ID128(bytes: id.bytes) == id)
        #expect(id.uuid == "01920a3b-4c5d-7e6f-8fff-000000000001")
        for bad in ["", "0192", id.hex + "0", "zz920a3b4c5d7e6f8fff000000000001"] { #expect(ID128(hex: bad) == nil) }
    }

    @Test(arguments: [(0, "$0.000000000"), (12_300, "$0.000012300"), (-1, "-$0.000000001"), (1_234_567_890, "$1.234567890")])
    func moneyIsWrittenExactly(nanodollars: Int64, text: String) {
        #expect(Money(nanodollars: nanodollars).description == text)
    }

    @Test func histogramsMergeInAnyOrderToTheSameBits() {
        var parts: [LatencyHistogram] = (0..<6).map { part in
            var histogram = LatencyHistogram()
            for step in 0..<200 { histogram.record(Int64(step * step * (part + 1))) }
            return histogram
        }
        let merged = parts.reduce(into: LatencyHistogram()) { $0.merge($1) }
        parts.shuffle()
        #expect(parts.reduce(into: LatencyHistogram()) { $0.merge($1) } == merged)
        #expect(LatencyHistogram(encoded: merged.encoded) == merged && merged.count == 1200)
    }

    @Test func quantilesAreWithinTheirError() {
        var histogram = LatencyHistogram()
        for value in 1...10_000 { histogram.record(Int64(value)) }
        for (q, exact) in [(0.5, 5_000.0), (0.95, 9_500), (0.99, 9_900), (1.0, 10_000)] {
            let found = Double(histogram.quantile(q) ?? -1)
            #expect(found >= exact && found <= exact * 1.13)
        }
        #expect(LatencyHistogram().quantile(0.5) == nil)
    }

    @Test func everyBinHoldsItsOwnUpperEdge() {
        for index in UInt16(0)..<400 { #expect(LatencyHistogram.bin(of: LatencyHistogram.upperEdge(of: index)) == index) }
    }

    @Test func damagedHistogramsAreRefused() {
        #expect(LatencyHistogram(encoded: [0x05]) == nil)
        #expect(LatencyHistogram(encoded: [0xFF, 0xFF, 0xFF, 0x7F, 1]) == nil)
    }
}
