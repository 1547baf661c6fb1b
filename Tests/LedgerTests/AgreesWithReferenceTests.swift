import Testing

/// Random calls, endings, crashes, set clocks and changed rules: the ledger and a plain model of it never differ.
@Suite struct AgreesWithReference {
    private static let worlds = 40
    private static let stepsEach = 250_000

    @Test(arguments: 1...worlds)
    func inTenMillionSteps(seed: Int) {
        var comparison = Comparison(seed: UInt64(seed))
        for step in 0..<Self.stepsEach {
            if let difference = comparison.step() {
                Issue.record("world \(seed), step \(step): \(difference)")
                return
            }
        }
        #expect(comparison.compareHistories() == nil)
        let tally = comparison.tally
        #expect(tally.granted > 50_000 && tally.refused > 5_000 && tally.settled > 30_000 && tally.released > 10_000)
        #expect(tally.crashes > 20 && tally.ruleChanges > 300)
    }
}
