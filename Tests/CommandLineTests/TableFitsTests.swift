import CommandLine
import Testing

@Suite struct TableFitsTests {
    private let table = TextTable(columns: [
        .init(title: "NAME", minimum: 4), .init(title: "N", isRightAligned: true, rank: 1),
        .init(title: "NOTE", minimum: 6, rank: 2), .init(title: "ID"),
    ])

    private let rows = [["alpha", "1", "a longer note", "0001"], ["b", "1000", "", "0002"]]

    @Test func columnsAreAsWideAsTheyNeedToBe() {
        #expect(
            table.render(rows, width: 80) == """
                NAME      N  NOTE           ID
                alpha     1  a longer note  0001
                b      1000                 0002
                """)
    }

    @Test func longCellsAreCutFirst() {
        #expect(
            table.render(rows, width: 26) == """
                NAME      N  NOTE     ID
                alpha     1  a long…  0001
                b      1000           0002
                """)
    }

    @Test func thenColumnsGoByRank() {
        #expect(table.render(rows, width: 18) == "NAME      N  ID\nalpha     1  0001\nb      1000  0002")
        #expect(table.render(rows, width: 11) == "NAME   ID\nalpha  0001\nb      0002")
        #expect(table.render(rows, width: 10) == "NAME  ID\nalp…  0001\nb     0002")
    }

    @Test(arguments: 10...60)
    func noLineIsEverWiderThanTheTerminal(width: Int) {
        let rows = [
            ["漢字漢字漢字漢字漢字", "12", "👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀 e\u{301}e\u{301}e\u{301}", "0001"],
            [String(repeating: "x", count: 100_000), "1", "\u{1B}\u{1B}\u{1B}\u{1B}\u{1B}", "0002"],
        ]
        for line in table.render(rows, width: width).split(separator: "\n") {
            #expect(DisplayWidth.of(line) <= width)
        }
    }

    @Test(arguments: [("abc", 3), ("漢字", 4), ("e\u{301}", 1), ("👩‍🚀", 2), ("…", 1), ("ｗ", 2), ("", 0)])
    func widthIsWhatATerminalShows(text: String, width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }

    @Test(arguments: [
        ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""), ("漢字漢字", 5, "漢字…"),
        ("漢字漢字", 4, "漢…"), ("漢字漢字", 8, "漢字漢字"),
    ])
    func cutsEndInAnEllipsis(text: String, columns: Int, expected: String) {
        #expect(DisplayWidth.cut(text, to: columns) == expected)
    }
}
