import CommandLine
import Testing

/// What models and callers wrote must not act on the terminal.
@Suite struct HostileTextTests {
    @Test(arguments: [
        ("plain ä 漢字 👩‍🚀", "plain ä 漢字 👩‍🚀"),
        ("\u{1B}]0;title\u{7}", "\\u{1B}]0;title\\u{7}"),
        ("\u{9B}31m", "\\u{9B}31m"),
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("\u{202E}evil", "\\u{202E}evil"),
        ("\u{2028}\u{FEFF}\u{7F}\u{0}", "\\u{2028}\\u{FEFF}\\u{7F}\\u{0}"),
        ("\r\n", "\\r\\n"),
    ])
    func controlCharactersAreShownAsWhatTheyAre(text: String, shown: String) {
        #expect(TerminalText.escaped(text) == shown)
    }

    @Test func lineBreaksStayWhereTheyAreWanted() {
        #expect(TerminalText.escaped("a\n\tb\u{1B}c\r", keepingLineBreaks: true) == "a\n\tb\\u{1B}c\\r")
    }

    @Test func noControlCharacterSurvives() {
        for value in UInt32(0)...0x2FFF {
            guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory == .control else { continue }
            let shown = TerminalText.escaped("a\(Character(scalar))b")
            #expect(shown.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        }
    }

    @Test func tablesEscapeTheirCells() {
        let table = TextTable(columns: [.init(title: "A", minimum: 2), .init(title: "B")])
        let shown = table.render([["\u{1B}[2J\n", "x"]], width: 40)
        #expect(shown == "A            B\n\\u{1B}[2J\\n  x")
    }

    @Test func jsonKeepsItsValueWithoutDangerousBytes() {
        let json = Array("{\"a\":\"\u{9B}31m\u{7F}\u{202E}\u{E0041} ok ä 👩‍🚀\"}".utf8)
        let line = String(decoding: JSONOutput.line(json), as: UTF8.self)
        #expect(line == "{\"a\":\"\\u009b31m\\u007f\\u202e\\udb40\\udc41 ok ä 👩‍🚀\"}\n")
    }

    @Test func prettyJSONBecomesOneLine() {
        #expect(JSONOutput.line(Array("{\n \"a\": 1\r\n}".utf8)) == Array("{  \"a\": 1  }\n".utf8))
    }

    @Test func listsBecomeOneLineEachAsTheyCame() throws {
        let answer = #"{"data":[{"n":1.50,"b":1},{"n":12345678901234567890}],"next_cursor":null}"#
        let lines = try JSONOutput.lines(ofList: Array(answer.utf8))
        #expect(String(decoding: lines, as: UTF8.self) == "{\"n\":1.50,\"b\":1}\n{\"n\":12345678901234567890}\n")
    }

    @Test(arguments: ["", "<html>", "{}", "{\"data\":{}}", "[]"])
    func otherAnswersAreNoLists(answer: String) {
        #expect(throws: (any Error).self) { try JSONOutput.lines(ofList: Array(answer.utf8)) }
    }
}
