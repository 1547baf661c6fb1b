import Statistics

extension StatsText {
    /// What stands below the verdict: test, effect, what the run could see, and what has to be known.
    static func details(_ report: StatsReport) -> [String] {
        var lines: [String] = []
        let comparison = report.comparison
        if let test = comparison.test { lines.append(self.test(test)) }
        lines += effect(report)
        if let detectable = report.detectableDifference {
            let chance = DecimalText.percent(report.power)
            lines.append(
                "Detectable: a true difference of \(DecimalText.significant(detectable)) would be found by "
                    + "\(chance) of such runs.")
        }
        lines += honestBounds(report)
        lines += missing(report)
        lines += notes(report)
        return lines
    }

    private static func test(_ test: TestResult) -> String {
        var parts = ["Test: \(test.method)"]
        if let degrees = test.degreesOfFreedom, let statistic = test.statistic {
            parts.append("t = \(DecimalText.significant(statistic))")
            parts.append("\(DecimalText.significant(degrees)) degrees of freedom")
        }
        parts.append(DecimalText.pValue(test.pValue))
        return parts.joined(separator: ", ") + "."
    }

    private static func effect(_ report: StatsReport) -> [String] {
        let comparison = report.comparison
        var parts: [String] = []
        if let effect = comparison.effectSize {
            let kind = report.isPaired ? "Cohen's d_z" : "Cohen's d"
            parts.append("\(kind) = \(DecimalText.significant(effect))")
        }
        if let correlation = comparison.correlation {
            parts.append("correlation of the pairs \(DecimalText.significant(correlation))")
        }
        return parts.isEmpty ? [] : ["Effect: " + parts.joined(separator: ", ") + "."]
    }

    /// No success is no rate of zero: what could have hidden.
    private static func honestBounds(_ report: StatsReport) -> [String] {
        let sides = [(report.baselineName, report.comparison.a), (report.candidateName, report.comparison.b)]
        return sides.compactMap { side, estimate in bound(estimate).map { "\(name(side)): \($0)" } }
    }

    private static func bound(_ estimate: Estimate) -> String? {
        guard estimate.method == .wilson, let level = estimate.interval?.level else { return nil }
        let isZero = estimate.notes.contains(.allZero)
        guard isZero || estimate.notes.contains(.allOne),
            let count = try? ProportionCount(successes: isZero ? 0 : estimate.n, of: estimate.n),
            let bound = try? isZero ? RateBound.atMost(count, level: level) : RateBound.atLeast(count, level: level)
        else { return nil }
        // Rounded away from what was seen: a bound must not promise more than is known.
        let share = DecimalText.percent(bound.bound, digits: 2, rounding: isZero ? .up : .down)
        let seen = isZero ? "0 of \(estimate.n); its rate is below" : "all \(estimate.n); its rate is above"
        return "\(seen) \(share) at \(DecimalText.percent(level))."
    }

    private static func missing(_ report: StatsReport) -> [String] {
        guard report.missingBaseline + report.missingCandidate > 0 else { return [] }
        return [
            "Not scored: \(report.missingBaseline) of \(name(report.baselineName)), "
                + "\(report.missingCandidate) of \(name(report.candidateName)). "
                + "They count as neither success nor failure."
        ]
    }

    private static func notes(_ report: StatsReport) -> [String] {
        var seen: [Note] = []
        for note in report.comparison.difference.notes + (report.comparison.test?.notes ?? [])
        where !seen.contains(note) { seen.append(note) }
        var lines = seen.filter { $0 != .allZero && $0 != .allOne }.map { "Note: \($0)" }
        let isResampled = report.comparison.difference.method.rawValue.contains("bootstrap")
        if isResampled { lines.append("Note: Resampled with seed \(report.seed).") }
        return lines
    }
}
