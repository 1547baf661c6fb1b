import CommandLine
import Testing

/// Tables of scores as people have them, and what is said where one can't be read.
@Suite struct StatsTables {
    private func table(_ text: String) throws -> CSVTable { try CSVTable.parse(Array(text.utf8)) }

    private func problem(_ text: String, cluster: String? = nil) -> String? {
        let error = #expect(throws: DataProblem.self) { try ScoreColumns(try table(text), cluster: cluster) }
        return error?.description
    }

    @Test func quotesLineBreaksAndSeparators() throws {
        let read = try table("a,\"b, \"\"c\"\"\"\r\n1,\"two\nlines\"\r\n\r\n 3 ,\"\"\n")
        #expect(read.header == ["a", "b, \"c\""])
        #expect(read.rows.map(\.cells) == [["1", "two\nlines"], [" 3 ", ""]])
        #expect(read.rows.map(\.line) == [2, 5])
        #expect(try table("a\tb\n1\t2").rows[0].cells == ["1", "2"])
        #expect(try table("a;b\n0,5;2").rows[0].cells == ["0,5", "2"])
        #expect(try CSVTable.parse([0xEF, 0xBB, 0xBF] + Array("a,b\n".utf8)).header == ["a", "b"])
    }

    @Test func scoresAndOutcomes() throws {
        let columns = try ScoreColumns(try table("a,b,c\n1,true,x\n-2.5e-1,FAIL,y\n,NA,x\n 0 ,pass,z\n"), cluster: "c")
        #expect(columns.baseline == [1, -0.25, nil, 0] && columns.candidate == [1, 0, nil, 1])
        #expect(columns.clusters == ["x", "y", "x", "z"])
        let side = columns.side(columns.candidate)
        #expect(side.values == [1, 0, 1] && side.clusters == ["x", "y", "z"])
    }

    @Test func columnsAreChosenByName() throws {
        let read = try table("id,old,new\nq,1,0\n")
        let columns = try ScoreColumns(read, baseline: "new", candidate: "old", cluster: "id")
        #expect(columns.names == ("new", "old") && columns.baseline == [0])
        #expect(try ScoreColumns(read, cluster: "id").names == ("old", "new"))
    }

    @Test func errorsNameThePlaceAndTheMend() {
        let mend = " If another column holds the scores, name it with --baseline or --candidate."
        #expect(
            problem("a,b\n1,1\n1,\"0,5\"\n")
                == "line 3, column \"b\": \"0,5\" is no score. Write the decimals with a point: 0.5." + mend)
        #expect(problem("a,b\n85%,1\n") == "line 2, column \"a\": \"85%\" is no score. Write 0.85 for 85%." + mend)
        #expect(problem("a,b\n1,0x10\n")?.contains("line 2, column \"b\"") == true)
        #expect(problem("a,b\n1,inf\n")?.contains("Write a number") == true)
        #expect(problem("a,b\n1,1,1\n")?.hasPrefix("line 2: 3 cells, but the header names 2.") == true)
        #expect(problem("a,b\n1,\"1\n")?.hasPrefix("line 2: A quote is opened here") == true)
        #expect(problem("a,b\n\"1\"x,1\n")?.hasPrefix("line 2: Text follows a closing quote.") == true)
        #expect(problem("a\n1\n")?.hasPrefix("line 1: Two columns of scores are needed") == true)
        #expect(problem("a,b\n1,1\n", cluster: "c") == "There is no column \"c\". The header names: \"a\", \"b\".")
        #expect(problem("a,a,b\n1,1,1\n", cluster: "a")?.contains("2 columns have this name") == true)
        #expect(problem("a,b,c\n1,1,x\n0,1,\n", cluster: "c")?.hasPrefix("line 3, column \"c\": No cluster.") == true)
        #expect(problem("  \n\n")?.hasPrefix("The input is empty.") == true)
        #expect(throws: DataProblem.self) { try CSVTable.parse([0x61, 0x2C, 0xFF]) }
    }

    @Test func numbersAreReadable() {
        #expect(DecimalText.significant(0.019812) == "0.0198" && DecimalText.significant(1234.56) == "1235")
        #expect(DecimalText.significant(-12.3456) == "-12.3" && DecimalText.significant(0) == "0")
        #expect(DecimalText.significant(0.9999) == "1" && DecimalText.significant(1e-9) == "1e-09")
        #expect(DecimalText.signed(0.5) == "+0.5" && DecimalText.signed(-0.5) == "-0.5")
        #expect(DecimalText.percent(0.95) == "95 %" && DecimalText.percent(0.999) == "99.9 %")
        #expect(DecimalText.percent(0.01411, digits: 2, rounding: .up) == "1.5 %")
        #expect(DecimalText.pValue(0.00846) == "p = 0.0085" && DecimalText.pValue(1e-12) == "p < 0.0001")
    }
}
