import CRuntime
import Runtime
import Testing

/// CRC-32C, with the processor's instruction and without.
@Suite struct ChecksumTests {
    /// RFC 3720, appendix B.4, and the catalogue of CRC check values.
    private static let published: [(bytes: [UInt8], sum: UInt32)] = [
        (Array("123456789".utf8), 0xE306_9283),
        ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
        ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
        (Array(0..<32), 0x46DD_794E),
    ]

    @Test(arguments: published)
    func publishedValues(bytes: [UInt8], sum: UInt32) {
        #expect(signalbox_crc32c(0, bytes, bytes.count) == sum)
        #expect(signalbox_crc32c_portable(0, bytes, bytes.count) == sum)
    }

    @Test func bothWaysAgreeAndCanBeContinued() {
        var random = FastRandom(seed: 1)
        let bytes = (0..<1_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        for length in [0, 1, 7, 8, 9, 63, 1_000] {
            let whole = signalbox_crc32c(42, bytes, length)
            #expect(whole == signalbox_crc32c_portable(42, bytes, length))
            let half = length / 2
            let first = signalbox_crc32c(42, bytes, half)
            #expect(signalbox_crc32c(first, Array(bytes[half..<length]), length - half) == whole)
        }
    }
}
