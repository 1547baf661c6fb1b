#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is timed, and how long it may take.
struct Measurement: Sendable {
    let name: String
    /// Seconds on one core; `nil` where the figure is for information.
    let target: Double?
    /// Returns a figure of the result, so that the work can't be optimized away, and a reader sees that it was done.
    let work: @Sendable () throws -> String
}

@main
enum StatisticsBench {
    /// 10,000 scores from 0 to 1 of which the ten of a source resemble each other.
    static let scores: (values: [Double], clusters: [Int]) = {
        var generator = SeededGenerator(seed: 1)
        let sources = (0..<1000).map { _ in generator.unit() }
        let clusters = (0..<10_000).map { $0 / 10 }
        return (clusters.map { (sources[$0] + generator.unit()) / 2 }, clusters)
    }()

    static let measurements = [
        Measurement(name: "bootstrap, 10,000 resamples of 10,000 scores in 1,000 clusters, BCa", target: 1) {
            var generator = SeededGenerator(seed: 2)
            return text(try Bootstrap.clusteredMean(scores.values, clusters: scores.clusters, using: &generator))
        },
        Measurement(name: "bootstrap, 10,000 resamples of 10,000 scores in 10,000 clusters, BCa", target: 1) {
            var generator = SeededGenerator(seed: 3)
            let own = Array(scores.values.indices)
            return text(try Bootstrap.clusteredMean(scores.values, clusters: own, using: &generator))
        },
        Measurement(name: "bootstrap, 10,000 resamples of 10,000 independent scores, BCa", target: 1) {
            var generator = SeededGenerator(seed: 4)
            return text(try Bootstrap.mean(scores.values, using: &generator))
        },
        Measurement(name: "sign flip, 100,000 draws of 1,000 differences", target: nil) {
            var generator = SeededGenerator(seed: 5)
            let test = try SignFlip.test(scores.values.prefix(1000).map { $0 - 0.49 }, using: &generator)
            return "p \(test.pValue)"
        },
        Measurement(name: "sign flip, all 2^20 assignments", target: nil) {
            var generator = SeededGenerator(seed: 6)
            let test = try SignFlip.test(scores.values.prefix(20).map { $0 - 0.4 }, using: &generator)
            return "p \(test.pValue)"
        },
        Measurement(name: "clustered t of 10,000 scores in 1,000 clusters", target: nil) {
            text(try ClusteredMean.estimate(scores.values, clusters: scores.clusters))
        },
        Measurement(name: "exact moments of 1,000,000 scores", target: nil) {
            var moments = Moments()
            for index in 0..<1_000_000 { moments.add(scores.values[index % 10_000]) }
            return "variance \(moments.variance ?? 0)"
        },
    ]

    static func main() throws {
        var missed: [String] = []
        for measurement in measurements {
            var result = ""
            var fastest = Double.infinity
            // The best of three: what another process takes away says nothing about this one.
            for _ in 0..<3 {
                let start = seconds()
                result = try measurement.work()
                fastest = min(fastest, seconds() - start)
            }
            let target = measurement.target.map { " (target \($0) s)" } ?? ""
            print("\((fastest * 1000).rounded() / 1000) s\(target)  \(measurement.name): \(result)")
            if let limit = measurement.target, fastest > limit { missed.append(measurement.name) }
        }
        guard missed.isEmpty else {
            print("missed: \(missed.joined(separator: "; "))")
            exit(1)
        }
    }

    private static func text(_ estimate: Estimate) -> String {
        guard let interval = estimate.interval else { return "\(estimate.value)" }
        return "\(estimate.value) [\(interval.lower), \(interval.upper)]"
    }

    private static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
