import Bytes
import Foundation
import Testing

struct TextCodingTests {
    @Test func base64AgreesWithFoundation() {
        var generator = SeededGenerator(seed: 3)
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let expected = Data(bytes).base64EncodedString()
            #expect(Base64.encode(bytes) == expected)
            #expect(Base64.decode(expected) == bytes)
            let urlSafe = Base64.encode(bytes, .urlSafe)
            #expect(Base64.decode(urlSafe) == bytes)
            #expect(!urlSafe.contains { "+/=".contains($0) })
        }
    }

    @Test(arguments: ["A", "AAAAA", "A=", "A===", "AA=A", "AA===", "====", "=", "AB==", "AAB=", "AA A", "AA\n", "Ä"])
    func whatIsNoBase64IsRefused(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test func hexadecimalGoesThereAndBack() {
        let bytes = (0...255).map { UInt8($0) }
        let digits = Hex.encode(bytes)
        #expect(digits.hasPrefix("000102030405060708090a0b"))
        #expect(Hex.decode(digits) == bytes)
        #expect(Hex.decode(digits.uppercased()) == bytes)
        var appended: [UInt8] = []
        bytes.withUnsafeBytes { Hex.append($0, to: &appended) }
        #expect(text(appended) == digits)
    }

    @Test(arguments: ["0", "0g", "xx", " 0", "0x", "é"])
    func whatIsNotHexadecimalIsRefused(text: String) {
        #expect(Hex.decode(text) == nil)
    }
}
