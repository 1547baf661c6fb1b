import ArgumentParser
import CommandLine
import Statistics
import Testing

/// `signalbox stats`: two columns in, a verdict out.
@Suite struct StatsReports {
    private func command(_ arguments: String...) throws -> StatsCommand {
        try #require(try SignalboxCommand.parseAsRoot(["stats"] + arguments) as? StatsCommand)
    }

    /// Three hundred cases on which the candidate gains between 0.05 and 0.15.
    private let better: [UInt8] = {
        let lines = (0..<300).map { "\(Double($0 % 7) / 10),\(Double($0 % 7) / 10 + 0.05 + Double($0 % 11) / 100)" }
        return Array(("old,new\n" + lines.joined(separator: "\n")).utf8)
    }()

    private func text(_ report: StatsReport) -> String { StatsText.lines(report, width: 100).joined(separator: "\n") }

    @Test func aClearDifferenceIsNamed() throws {
        let report = try command().report(on: better)
        #expect(report.comparison.verdict == .better && report.isPaired)
        let text = text(report)
        #expect(text.contains("Verdict: \"new\" is better. At 95 % confidence, its mean is higher by"))
        #expect(text.contains("on the same 300 cases") && text.contains("Test: paired-t, t = "))
        #expect(text.contains("Cohen's d_z") && text.contains("would be found by 80 % of such runs"))
        let cost = try command("--lower-is-better", "--margin", "0.02").report(on: better)
        #expect(self.text(cost).contains("Verdict: \"new\" is worse.") && cost.gate?.outcome == .fail)
        #expect(self.text(cost).contains("Gate: failed. \"new\" is worse by more than 0.02."))
        let swapped = try command("--baseline", "new", "--candidate", "old").report(on: better)
        #expect(self.text(swapped).contains("Verdict: \"old\" is worse. At 95 % confidence, its mean is lower by"))
    }

    @Test func anOpenQuestionSaysWhatIsMissing() throws {
        let report = try command("--margin", "0.2").report(on: Array("a,b\n1,0\n0,1\n1,1\n1,1\n1,0\n0,0\n,1\n".utf8))
        guard case .inconclusive(let further?) = report.comparison.verdict else {
            Issue.record("not inconclusive: \(report.comparison.verdict)")
            return
        }
        let text = text(report)
        #expect(text.contains("Verdict: inconclusive.") && text.contains("About \(further) further cases"))
        #expect(text.contains("Not scored: 1 of \"a\", 0 of \"b\"."))
        #expect(text.contains("Gate: open."))
    }

    @Test func theHonestZero() throws {
        let lines = (0..<200).map { $0 % 20 == 0 ? "fail,pass" : "fail,fail" }
        let report = try command("--margin", "0.1").report(on: Array(("a,b\n" + lines.joined(separator: "\n")).utf8))
        let text = text(report)
        #expect(text.contains("\"a\": 0 of 200; its rate is below 1.5 % at 95 %."))
        #expect(text.contains("Verdict: no difference beyond 0.1.") && text.contains("It is not zero"))
        #expect(text.contains("Gate: passed."))
    }

    @Test func separateSamplesAndResampling() throws {
        let table = Array("a,b\n1,5\n2,6\n3,7\n,8\n".utf8)
        let report = try command("--unpaired", "--method", "bca", "--seed", "9").report(on: table)
        #expect(report.comparison.a.n == 3 && report.comparison.b.n == 4 && report.comparison.test?.pValue == 1.0 / 35)
        let again = try command("--unpaired", "--method", "bca", "--seed", "9").report(on: table)
        #expect(again.comparison == report.comparison)
        #expect(text(report).contains("4 cases of \"b\" against 3 separate ones of \"a\"."))
        #expect(text(report).contains("Resampled with seed 9."))
        // Three pairs can't have a p below 2 in 8, whatever the bootstrap's interval says.
        let few = try command("--method", "bootstrap").report(on: Array("a,b\n1,2\n1,3\n1,4\n".utf8))
        #expect(text(few).contains("the test does not (p = 0.25)"))
    }

    @Test func programsGetOneObject() throws {
        let json = String(decoding: StatsJSON.object(try command("--margin", "0.01").report(on: better)), as: UTF8.self)
        let head = #"{"baseline":"old","candidate":"new","paired":true,"verdict":"better","gate":{"outcome":"pass""#
        #expect(json.hasPrefix(head))
        for key in ["difference", "standard_error", "lower", "p_value", "effect_size", "seed", "missing_baseline"] {
            #expect(json.contains("\"\(key)\":"), "\(key)")
        }
        #expect(json.contains(#""margin":0.01"#) && json.contains(#""test":{"method":"paired-t""#))
    }

    @Test func namesCannotActOnTheTerminal() throws {
        let report = try command().report(on: Array("a\u{1B}[2J,b\n1,0\n0,1\n".utf8))
        #expect(!text(report).contains("\u{1B}") && text(report).contains("\\u{1B}[2J"))
    }

    @Test func scoresThatAllowNoComparisonSayWhy() throws {
        let command = try command()
        #expect(throws: StatisticsError.empty(what: "pairs with both scores")) {
            try command.report(on: Array("a,b\n1,\n,1\n".utf8))
        }
        #expect(throws: DataProblem.self) { try command.report(on: Array("a,b\nx,1\n".utf8)) }
        let newcombe = try self.command("--method", "newcombe")
        let error = #expect(throws: StatisticsError.self) { try newcombe.report(on: Array("a,b\n0.5,1\n".utf8)) }
        #expect(error?.description.contains("Use the method t") == true)
    }

    @Test(arguments: [
        ["--level", "95"], ["--margin", "0"], ["--margin", "nan"], ["--gate"], ["--resamples", "5"],
        ["--method", "magic"], ["--paired", "--unpaired"],
    ])
    func wrongUsageIs64(arguments: [String]) {
        let error = #expect(throws: (any Error).self) { try SignalboxCommand.parseAsRoot(["stats"] + arguments) }
        #expect(error.map { SignalboxCommand.exitCode(for: $0).rawValue } == 64)
    }
}
