import Statistics
import Vocabulary

/// How one target did in the window: what calls that the change sends there are drawn from.
struct TargetHistory: Sendable {
    private(set) var answers = Sample()
    private(set) var failures = Sample()

    /// Calls that said something about the target.
    var calls: Int { answers.count + failures.count }

    mutating func add(_ duration: Microseconds, isError: Bool, random: inout SeededGenerator) {
        if isError { failures.add(duration, random: &random) } else { answers.add(duration, random: &random) }
    }

    /// One call there: how long it takes and whether it fails; `nil` where nothing is known of the target.
    func draw(random: inout SeededGenerator) -> (duration: Microseconds, isError: Bool)? {
        guard calls > 0 else { return nil }
        let isError = random.unit() * Double(calls) < Double(failures.count)
        let sample = isError ? failures : answers
        return sample.draw(random: &random).map { ($0, isError) }
    }
}

/// A bounded random sample of values (reservoir sampling, Vitter 1985, algorithm R): each has the same chance to stay.
struct Sample: Sendable {
    /// Enough for a 95 % quantile of the sample to lie within a percentile of the true one.
    static let most = 5_000

    private(set) var count = 0
    private var values: [Microseconds] = []

    mutating func add(_ value: Microseconds, random: inout SeededGenerator) {
        count += 1
        if values.count < Self.most {
            values.append(value)
        } else {
            let place = random.index(below: count)
            if place < Self.most { values[place] = value }
        }
    }

    func draw(random: inout SeededGenerator) -> Microseconds? {
        values.isEmpty ? nil : values[random.index(below: values.count)]
    }
}
