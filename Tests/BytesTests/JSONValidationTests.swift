import Bytes
import Testing

struct JSONValidationTests {
    @Test(
        arguments: [
            ("", .emptyText, 0), ("  \n", .emptyText, 3), ("[", .unexpectedEnd, 1), ("{\"a\"", .unexpectedEnd, 4),
            ("{\"a\":", .unexpectedEnd, 5), ("\"ab", .unexpectedEnd, 3), ("\"\\", .unexpectedEnd, 2),
            ("\"\\u12", .unexpectedEnd, 5), ("-", .unexpectedEnd, 1), ("1.", .unexpectedEnd, 2),
            ("1e", .unexpectedEnd, 2),
            ("[1,]", .expectedValue, 3), ("[,1]", .expectedValue, 1), ("{,}", .expectedKey, 1),
            ("{\"a\":1,}", .expectedKey, 7), ("{a:1}", .expectedKey, 1), ("{\"a\" 1}", .expectedColon, 5),
            ("[1 2]", .expectedCommaOrEnd, 3), ("[1}", .expectedCommaOrEnd, 2), ("{\"a\":1]", .expectedCommaOrEnd, 6),
            ("nul", .invalidLiteral, 0), ("[nulll]", .expectedCommaOrEnd, 5), ("NaN", .expectedValue, 0),
            ("01", .invalidNumber, 1), ("-a", .invalidNumber, 1), ("1.e3", .invalidNumber, 2),
            ("1e+", .unexpectedEnd, 3),
            ("+1", .expectedValue, 0), (".5", .expectedValue, 0), ("\"\\x\"", .invalidEscape, 1),
            ("\"\\u12g4\"", .invalidEscape, 1), ("\"a\u{1}\"", .controlCharacterInString, 2),
            ("\"a\nb\"", .controlCharacterInString, 2), ("1 2", .bytesAfterValue, 2), ("{} x", .bytesAfterValue, 3),
            ("\u{FEFF}1", .expectedValue, 0), ("[1,2", .unexpectedEnd, 4), ("'a'", .expectedValue, 0),
        ] as [(String, JSONSyntaxError.Reason, Int)])
    func aMistakeIsNamedWhereItIs(json: String, reason: JSONSyntaxError.Reason, offset: Int) {
        #expect(syntaxError(json) == JSONSyntaxError(reason: reason, offset: offset))
    }

    @Test func aMistakeIsASentence() {
        let error = syntaxError("[1 2]")
        #expect(error?.description == "a comma or the end of the array or object was expected (at byte 3)")
    }

    @Test(arguments: [1, 63, 64, 65, 127, 128, 129, 1000])
    func nestingIsAllowedUpToTheLimitAndNoDeeper(limit: Int) {
        let limits = JSONLimits(maximumDepth: limit)
        // Kinds alternate unevenly, so that a lost bit would show as a bracket that doesn't fit.
        func nested(_ depth: Int) -> String {
            var (open, close) = ("", "")
            for level in 0..<depth {
                let isObject = level % 3 == 0
                open += isObject ? "{\"a\":" : "["
                close = (isObject ? "}" : "]") + close
            }
            return open + "1" + close
        }
        #expect(syntaxError(nested(limit), limits: limits) == nil)
        #expect(syntaxError(nested(limit + 1), limits: limits)?.reason == .tooDeep)
    }

    @Test func aHundredThousandOpenBracketsAreAnErrorNotACrash() {
        #expect(syntaxError(String(repeating: "[", count: 100_000)) == .init(reason: .tooDeep, offset: 128))
        let unlimited = JSONLimits(maximumDepth: .max)
        #expect(syntaxError(String(repeating: "[", count: 100_000), limits: unlimited)?.reason == .unexpectedEnd)
        let balanced = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(syntaxError(balanced, limits: unlimited) == nil)
    }

    /// Every sequence of two bytes, and every three- and four-byte sequence around the borders, against the library.
    @Test func stringsAreStrictUTF8() {
        let edges: [UInt8] = [
            0x20, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xEC, 0xED, 0xEF, 0xF0,
            0xF3,
            0xF4, 0xF5, 0xFF,
        ]
        var wrong: [[UInt8]] = []
        func check(_ sequence: [UInt8]) {
            let isValid = String(validating: sequence, as: UTF8.self) != nil && !sequence.contains { $0 < 0x20 }
            let isAccepted = syntaxError(of: [0x22] + sequence + [0x22]) == nil
            if isValid != isAccepted { wrong.append(sequence) }
        }
        for first in 0x80...0xFF as ClosedRange<UInt8> {
            for second in 0x23...0xFF as ClosedRange<UInt8> where second != 0x5C { check([first, second]) }
        }
        for first in edges where first >= 0x80 {
            for second in edges {
                for third in edges {
                    check([first, second, third])
                    for fourth in edges { check([first, second, third, fourth]) }
                }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    }

    /// The scan looks at eight bytes at once, so a special byte is tried at every place in two words.
    @Test func everySpecialByteIsSeenAtEveryPlace() {
        var wrong: [String] = []
        for length in 0..<20 {
            for place in 0..<length {
                for byte in 0...0xFF as ClosedRange<UInt8> {
                    var bytes = [UInt8](repeating: 0x61, count: length)
                    bytes[place] = byte
                    let isPlain = byte >= 0x20 && byte < 0x80 && byte != 0x22 && byte != 0x5C
                    let isAccepted = syntaxError(of: [0x22] + bytes + [0x22]) == nil
                    if isAccepted != isPlain { wrong.append("\(byte) at \(place) of \(length)") }
                }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    }

    @Test func nothingBeyondTheEndIsRead() throws {
        let whole = Array(#"{"a":[1,true,"x\u00e9é"],"b":null}"#.utf8)
        for length in 0..<whole.count {
            // A buffer of its own, so that a sanitizer sees a byte too many.
            let prefix = Array(whole[..<length])
            #expect(syntaxError(of: prefix) != nil, "\(length)")
        }
    }
}
