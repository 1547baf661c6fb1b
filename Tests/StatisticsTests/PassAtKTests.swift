import Statistics
import Testing

/// pass@k and pass^k against 1 - comb(n - c, k) / comb(n, k) and comb(c, k) / comb(n, k).
@Suite struct SeveralAttempts {
    @Test(arguments: [(1, 0.3), (2, 0.5333333333333333), (5, 0.9166666666666666), (8, 1)])
    func passAtK(k: Int, expected: Double) throws {
        #expect(near(try PassAtK.any(try ProportionCount(successes: 3, of: 10), k: k), expected, within: 1e-14))
    }

    @Test func passAllK() throws {
        let seven = try ProportionCount(successes: 7, of: 10)
        #expect(near(try PassAtK.all(seven, k: 3), 0.2916666666666667, within: 1e-14))
        #expect(try PassAtK.all(try ProportionCount(successes: 2, of: 10), k: 3) == 0)
        #expect(try PassAtK.all(try ProportionCount(successes: 10, of: 10), k: 10) == 1)
    }

    @Test func manyAttemptsDoNotOverflow() throws {
        let value = try PassAtK.any(try ProportionCount(successes: 10, of: 100_000), k: 1000)
        // float(1 - Fraction(comb(99990, 1000), comb(100000, 1000)))
        #expect(near(value, 0.09562203607115123, within: 1e-12))
    }

    @Test func meansOverItems() throws {
        let items = try [3, 0, 10].map { try ProportionCount(successes: $0, of: 10) }
        let estimate = try PassAtK.any(items: items, k: 2)
        #expect(near(estimate.value, (0.5333333333333333 + 0 + 1) / 3, within: 1e-14))
        #expect(estimate.method == .passAtK && estimate.n == 3 && estimate.interval != nil)
        #expect(try PassAtK.all(items: items, k: 1).value == 13.0 / 30)
    }

    @Test func edgesHaveAnswers() throws {
        let item = try ProportionCount(successes: 1, of: 2)
        #expect(throws: StatisticsError.tooFew(what: "attempts of one item", have: 2, need: 3)) {
            try PassAtK.any(item, k: 3)
        }
        #expect(throws: StatisticsError.self) { try PassAtK.all(item, k: 0) }
        #expect(throws: StatisticsError.empty(what: "cases")) { try PassAtK.any(items: [], k: 1) }
    }
}
