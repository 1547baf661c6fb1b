import Statistics

extension StatsText {
    /// The verdict as one or two sentences.
    static func verdict(_ report: StatsReport) -> String {
        let candidate = name(report.candidateName)
        let difference = report.comparison.difference
        switch report.comparison.verdict {
        case .better: return "Verdict: \(candidate) is better. \(direction(difference))"
        case .worse: return "Verdict: \(candidate) is worse. \(direction(difference))"
        case .noDifferenceBeyond(let margin): return same(difference, margin)
        case .inconclusive(let further): return open(report, further)
        }
    }

    /// The gate's end as a sentence.
    static func gate(_ gate: NonInferiority, _ report: StatsReport) -> String {
        let margin = DecimalText.significant(gate.margin)
        let p = gate.pValue.map { " (one-sided \(DecimalText.pValue($0)))" } ?? ""
        switch gate.outcome {
        case .pass: return "Gate: passed. \(name(report.candidateName)) is not worse by more than \(margin)\(p)."
        case .fail: return "Gate: failed. \(name(report.candidateName)) is worse by more than \(margin)."
        case .inconclusive(let further):
            return "Gate: open. Whether it is worse by more than \(margin) can't be told yet. \(advice(further))"
        }
    }

    private static func direction(_ difference: Estimate) -> String {
        guard let interval = difference.interval else { return "" }
        let isHigher = difference.value > 0
        let span = isHigher ? interval : interval.negated
        return "At \(DecimalText.percent(interval.level)) confidence, its mean is \(isHigher ? "higher" : "lower") by "
            + "\(range(span))."
    }

    private static func same(_ difference: Estimate, _ margin: Double) -> String {
        var text = "Verdict: no difference beyond \(DecimalText.significant(margin))."
        guard let interval = difference.interval else { return text }
        text += " At \(DecimalText.percent(interval.level)) confidence, the true difference is \(range(interval))."
        guard interval.lower > 0 || interval.upper < 0 else { return text }
        return text + " It is not zero, but less than what was said to matter."
    }

    private static func open(_ report: StatsReport, _ further: Int?) -> String {
        let difference = report.comparison.difference
        guard let interval = difference.interval else {
            return "Verdict: inconclusive. These scores have no interval. "
                + difference.notes.map(\.description).joined(separator: " ")
        }
        if interval.lower > 0 || interval.upper < 0, let test = report.comparison.test {
            return "Verdict: inconclusive. The interval leaves zero out, but the test does not "
                + "(\(DecimalText.pValue(test.pValue))): there are too few cases. \(advice(further))"
        }
        return "Verdict: inconclusive. The true difference may be anything in \(range(interval)). \(advice(further))"
    }

    private static func advice(_ further: Int?) -> String {
        guard let further else { return "How many further cases would decide it can't be told from these." }
        return "About \(further) further cases are likely to decide it, if the truth is near what was seen."
    }
}
