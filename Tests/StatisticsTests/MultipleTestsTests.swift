import Statistics
import Testing

/// Adjusted p-values against statsmodels 0.15 (multipletests) and scipy 1.17 (false_discovery_control).
@Suite struct ManyQuestions {
    private let pValues = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205]

    @Test func holm() throws {
        let expected = [0.008, 0.056, 0.234, 0.234, 0.234, 0.234, 0.234, 0.234]
        for (value, reference) in zip(try MultipleTests.holm(pValues), expected) {
            #expect(near(value, reference, within: 1e-14))
        }
        let unsorted = try MultipleTests.holm([0.04, 0.01, 0.01, 0.9, 0.03])
        #expect(zip(unsorted, [0.09, 0.05, 0.05, 0.9, 0.09]).allSatisfy(Self.same))
    }

    @Test func benjaminiHochberg() throws {
        let expected = [0.008, 0.032, 0.0672, 0.0672, 0.0672, 0.08, 0.08457142857142856, 0.205]
        for (value, reference) in zip(try MultipleTests.benjaminiHochberg(pValues), expected) {
            #expect(near(value, reference, within: 1e-14))
        }
        let unsorted = try MultipleTests.benjaminiHochberg([0.04, 0.01, 0.01, 0.9, 0.03])
        #expect(zip(unsorted, [0.05, 0.025, 0.025, 0.9, 0.05]).allSatisfy(Self.same))
    }

    @Test func edgesHaveAnswers() throws {
        #expect(try MultipleTests.holm([]).isEmpty)
        #expect(try MultipleTests.benjaminiHochberg([0.5]) == [0.5])
        #expect(try MultipleTests.holm([0.9, 0.8]) == [1, 1])
        #expect(throws: StatisticsError.self) { try MultipleTests.holm([0.5, 1.5]) }
        #expect(throws: StatisticsError.self) { try MultipleTests.benjaminiHochberg([.nan]) }
    }

    private static func same(_ value: Double, _ reference: Double) -> Bool { near(value, reference, within: 1e-14) }
}
