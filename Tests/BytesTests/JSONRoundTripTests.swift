import Bytes
import Testing

struct JSONRoundTripTests {
    @Test(arguments: 0..<40 as Range<UInt64>)
    func whatIsWrittenReadsBackAndWritesTheSameBytesAgain(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let written = RandomJSON.make(&generator).written
            let read = try withJSON(written) { RandomJSON($0) }
            #expect(text(read.written) == text(written))
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func spaceAndEscapesDoNotChangeWhatIsRead(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let value = RandomJSON.make(&generator)
            let plain = try withJSON(value.written) { RandomJSON($0) }
            let styled = value.styled(&generator)
            #expect(try withJSON(styled) { RandomJSON($0) } == plain, "\(styled)")
        }
    }

    @Test func commasAndColonsComeByThemselves() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("a")
        writer.int(1)
        writer.key("b")
        writer.beginArray()
        writer.bool(true)
        writer.null()
        writer.beginObject()
        writer.endObject()
        writer.raw(Array("[0]".utf8))
        writer.endArray()
        writer.key("c" + "d")
        writer.double(2)
        writer.endObject()
        #expect(text(writer.bytes) == #"{"a":1,"b":[true,null,{},[0]],"cd":2}"#)
    }

    @Test func stringsHaveOnlyTheEscapesTheyNeed() {
        var writer = JSONWriter()
        writer.string("\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1F}\u{7F}é\u{2028}😀")
        #expect(text(writer.bytes) == #""\"\\/\b\f\n\r\t\u0000\u001f"# + "\u{7F}é\u{2028}😀\"")
    }

    @Test func bytesThatAreNoUTF8AreReplaced() {
        var writer = JSONWriter()
        let bytes: [UInt8] = [0x61, 0xC3, 0x28, 0xED, 0xA0, 0x80, 0xF5, 0xC3, 0xA9, 0xE2, 0x82]
        bytes.withUnsafeBytes { writer.string(utf8: $0) }
        #expect(text(writer.bytes) == "\"a\u{FFFD}(\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}é\u{FFFD}\u{FFFD}\"")
        #expect(syntaxError(of: writer.bytes) == nil)
    }

    @Test(arguments: [
        (0.1, "0.1"), (1, "1"), (-0.0, "-0"), (1e21, "1e+21"), (2.5e-300, "2.5e-300"), (12.345, "12.345"),
        (.infinity, "null"), (.nan, "null"),
    ])
    func numbersAreWrittenAsShortAsTheyReadBack(value: Double, expected: String) {
        var writer = JSONWriter()
        writer.double(value)
        #expect(text(writer.bytes) == expected)
    }

    @Test(arguments: [0, 9, 10, -1, 1_234_567, Int64.max, Int64.min])
    func wholeNumbersAreWrittenExactly(value: Int64) {
        var writer = JSONWriter()
        writer.int(value)
        #expect(text(writer.bytes) == String(value))
    }
}
