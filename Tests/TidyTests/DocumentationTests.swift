import Testing

/// Declarations that other targets see say what they are.
@Suite struct Documentation {
    private static let kinds = [" func ", " struct ", " enum ", " class ", " protocol ", " actor ", " typealias "]

    @Test(arguments: SourceTree.files)
    func packageDeclarationsHaveIt(file: SourceFile) {
        for (index, line) in file.lines.enumerated() {
            let code = line.drop { $0 == " " }
            guard code.hasPrefix("package ") || code.hasPrefix("public "), Self.kinds.contains(where: code.contains) else { continue }
            if Self.isRequirementOfAProtocol(code) { continue }
            #expect(Self.isDocumented(file.lines, before: index), "\(file.path):\(index + 1) needs a /// comment: \(code)")
        }
    }

    /// Witnesses of standard protocols and of Hummingbird's are documented where they are declared.
    private static func isRequirementOfAProtocol(_ code: Substring) -> Bool {
        let witnesses = [
            "static func <", "static func ==", "static func +", "static func -", "func hash(", "func next(", "func run(",
            "func encode(", "func setup(", "func handle(", "func makeAsyncIterator(", "func makeIterator(",
            "typealias Value", "typealias Element", "typealias AsyncIterator", "func now()", "func monotonicNanoseconds()",
            "func validate(", "func errorDescription",
        ]
        return witnesses.contains { code.contains($0) }
    }

    private static func isDocumented(_ lines: [String], before index: Int) -> Bool {
        var at = index - 1
        while at >= 0, lines[at].drop(while: { $0 == " " }).hasPrefix("@") { at -= 1 }
        guard at >= 0 else { return false }
        return lines[at].drop { $0 == " " }.hasPrefix("///")
    }
}
