import Bytes
import Statistics

/// A comparison for programs: one JSON object.
package enum StatsJSON {
    /// The object without a line break. What is not known is `null`.
    package static func object(_ report: StatsReport) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        heading(report, &writer)
        write(report.comparison.verdict, &writer)
        if let gate = report.gate { write(gate, &writer) }
        figures(report.comparison, &writer)
        member("detectable_difference", report.detectableDifference, &writer)
        member("power", report.power, &writer)
        writer.key("missing_baseline")
        writer.int(report.missingBaseline)
        writer.key("missing_candidate")
        writer.int(report.missingCandidate)
        writer.key("seed")
        // As text: readers of JSON keep 53 bits of a number.
        writer.string(String(report.seed))
        writer.endObject()
        return writer.bytes
    }

    private static func heading(_ report: StatsReport, _ writer: inout JSONWriter) {
        writer.key("baseline")
        writer.string(report.baselineName)
        writer.key("candidate")
        writer.string(report.candidateName)
        writer.key("paired")
        writer.bool(report.isPaired)
    }

    private static func figures(_ comparison: Comparison, _ writer: inout JSONWriter) {
        writer.key("difference")
        write(comparison.difference, &writer)
        writer.key("a")
        write(comparison.a, &writer)
        writer.key("b")
        write(comparison.b, &writer)
        writer.key("test")
        write(comparison.test, &writer)
        member("effect_size", comparison.effectSize, &writer)
        member("correlation", comparison.correlation, &writer)
        member("margin", comparison.margin, &writer)
    }

    private static func write(_ verdict: Verdict, _ writer: inout JSONWriter) {
        writer.key("verdict")
        switch verdict {
        case .better: writer.string("better")
        case .worse: writer.string("worse")
        case .noDifferenceBeyond: writer.string("no_difference")
        case .inconclusive(let further):
            writer.string("inconclusive")
            writer.key("further_cases")
            count(further, &writer)
        }
    }

    private static func write(_ gate: NonInferiority, _ writer: inout JSONWriter) {
        writer.key("gate")
        writer.beginObject()
        writer.key("outcome")
        switch gate.outcome {
        case .pass: writer.string("pass")
        case .fail: writer.string("fail")
        case .inconclusive(let further):
            writer.string("inconclusive")
            writer.key("further_cases")
            count(further, &writer)
        }
        member("p_value", gate.pValue, &writer)
        writer.endObject()
    }

    private static func write(_ estimate: Estimate, _ writer: inout JSONWriter) {
        writer.beginObject()
        member("value", estimate.value, &writer)
        member("standard_error", estimate.standardError, &writer)
        member("lower", estimate.interval?.lower, &writer)
        member("upper", estimate.interval?.upper, &writer)
        member("level", estimate.interval?.level, &writer)
        writer.key("method")
        writer.string(estimate.method.rawValue)
        writer.key("n")
        writer.int(estimate.n)
        writer.key("clusters")
        writer.int(estimate.clusters)
        notes(estimate.notes, &writer)
        writer.endObject()
    }

    private static func write(_ test: TestResult?, _ writer: inout JSONWriter) {
        guard let test else { return writer.null() }
        writer.beginObject()
        writer.key("method")
        writer.string(test.method)
        member("statistic", test.statistic, &writer)
        member("degrees_of_freedom", test.degreesOfFreedom, &writer)
        member("p_value", test.pValue, &writer)
        notes(test.notes, &writer)
        writer.endObject()
    }

    private static func notes(_ notes: [Note], _ writer: inout JSONWriter) {
        writer.key("notes")
        writer.beginArray()
        for note in notes { writer.string(note.description) }
        writer.endArray()
    }

    private static func member(_ key: StaticString, _ value: Double?, _ writer: inout JSONWriter) {
        writer.key(key)
        if let value { writer.double(value) } else { writer.null() }
    }

    private static func count(_ value: Int?, _ writer: inout JSONWriter) {
        if let value { writer.int(value) } else { writer.null() }
    }
}
