import Catalog
import Testing

@Suite struct DecimalPriceTests {
    @Test(
        arguments: [
            ("1.5e-07", 150_000_000), ("1.5E-7", 150_000_000), ("0.00000015", 150_000_000), ("15e-8", 150_000_000),
            ("0", 0), ("0.0", 0), ("-0.0", 0), ("1e-15", 1), ("2.5e-05", 25_000_000_000), ("0.01", 10_000_000_000_000),
            ("+6e-07", 600_000_000), ("9223.372036854775807", .max), ("000.000001", 1_000_000_000),
        ] as [(String, Int64)])
    func dollarsPerTokenAreReadExactly(_ text: String, _ expected: Int64) {
        let reading = DecimalPrice.read(text.utf8, unit: .dollarsPerUnit, allowingNoise: false)
        #expect(reading == .price(expected))
    }

    @Test(
        arguments: [
            ("0.15", 150_000_000), ("10000", 10_000_000_000_000), ("0.000000001", 1), ("1.10", 1_100_000_000),
        ] as [(String, Int64)])
    func dollarsPerMillionAreReadExactly(_ text: String, _ expected: Int64) {
        let reading = DecimalPrice.read(text.utf8, unit: .dollarsPerMillion, allowingNoise: false)
        #expect(reading == .price(expected))
    }

    @Test func centsPerToken() {
        #expect(DecimalPrice.read("0.000015".utf8, unit: .centsPerUnit, allowingNoise: true) == .price(150_000_000))
    }

    @Test(arguments: ["5.999999999999999e-05", "6.000000000000001e-05", "0.00005999999999999999", "6.0000000000e-05"])
    func theNoiseOfBinaryFloatsIsRoundedAway(_ text: String) {
        #expect(DecimalPrice.read(text.utf8, unit: .centsPerUnit, allowingNoise: true) == .price(600_000_000))
    }

    @Test func withoutNoiseAllowedItIsRefused() {
        let text = "5.999999999999999e-05".utf8
        #expect(DecimalPrice.read(text, unit: .centsPerUnit, allowingNoise: false) == .tooFine)
    }

    @Test(arguments: [
        "", "-", ".", "e5", "1e", "1e+", "1.2.3", "1,5", "0x10", "$1", "NaN", "1 ", " 1", "1e99999", "--1",
    ])
    func whatIsNoNumberIsRefused(_ text: String) {
        #expect(DecimalPrice.read(text.utf8, unit: .dollarsPerUnit, allowingNoise: true) == .malformed)
    }

    @Test(
        arguments: [
            ("-1e-7", .negative), ("1.5e-16", .tooFine), ("1e-400", .tooFine), ("9223.372036854775808", .tooLarge),
            ("1e300", .tooLarge), ("123456789012345678901234567890", .tooLarge),
        ] as [(String, DecimalPrice.Reading)])
    func whatCantBeRepresentedSaysWhy(_ text: String, _ expected: DecimalPrice.Reading) {
        #expect(DecimalPrice.read(text.utf8, unit: .dollarsPerUnit, allowingNoise: true) == expected)
    }
}
