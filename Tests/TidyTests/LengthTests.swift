import Testing

/// Lengths that keep code readable. The limits may fall, never rise.
@Suite struct Lengths {
    private static let longestLine = 120
    private static let longestFile = 400
    private static let longestFunction = 70
    /// Of all functions, the share that has at most twenty lines.
    private static let shortShare = 0.90

    @Test(arguments: SourceTree.files)
    func filesAndLines(file: SourceFile) {
        #expect(file.lines.count <= Self.longestFile, "\(file.path) has \(file.lines.count) lines: split it by concept")
        for (index, line) in file.lines.enumerated() where line.count > Self.longestLine {
            Issue.record("\(file.path):\(index + 1) has \(line.count) characters, \(Self.longestLine) are allowed")
        }
    }

    @Test(arguments: SourceTree.files)
    func functions(file: SourceFile) {
        for function in FunctionLength.all(in: file) {
            #expect(function.lines <= Self.longestFunction, "\(function.place) has \(function.lines) lines: split it")
        }
    }

    @Test func mostFunctionsAreShort() {
        let all = SourceTree.files.flatMap(FunctionLength.all)
        let short = all.filter { $0.lines <= 20 }.count
        let share = Double(short) / Double(max(1, all.count))
        #expect(all.count > 1_000, "the functions were not found")
        #expect(share >= Self.shortShare, "\(short) of \(all.count) functions have at most 20 lines")
    }
}
