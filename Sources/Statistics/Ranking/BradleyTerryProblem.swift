#if canImport(Glibc)
import Glibc
#endif

/// The battles in numbers, and the likelihood to maximize.
struct BradleyTerryProblem<Competitor: Hashable & Sendable> {
    let competitors: [Competitor]
    let places: [Competitor: Int]
    let weights: [Double]
    let ridge: Double
    private let rows: [Row]
    private let clusters: [Int]?
    private let styleWidth: Int
    private var width: Int { competitors.count + styleWidth }
    var clusterCount: Int? { clusters.map { Set($0).count } }

    init(
        _ battles: [PairwiseBattle<Competitor>], clusters: [Int]?, ridge: Double
    ) throws(StatisticsError) {
        guard let first = battles.first else { throw .empty(what: "battles") }
        try Check.notNegative(ridge, "The ridge")
        if let clusters, clusters.count != battles.count {
            throw .mismatch("\(battles.count) battles have \(clusters.count) clusters. Give one for each.")
        }
        styleWidth = first.style.count
        for (index, battle) in battles.enumerated() { try Self.check(battle, index, width: first.style.count) }
        var places: [Competitor: Int] = [:]
        var competitors: [Competitor] = []
        for competitor in battles.flatMap({ [$0.a, $0.b] }) where places[competitor] == nil {
            places[competitor] = competitors.count
            competitors.append(competitor)
        }
        let all = battles.map { [places] in Row($0, places[$0.a] ?? 0, places[$0.b] ?? 0, competitors.count) }
        (rows, weights) = Self.merged(all, battles.map(\.weight), keepsApart: clusters != nil || styleWidth > 0)
        (self.places, self.competitors, self.clusters, self.ridge) = (places, competitors, clusters, ridge)
    }

    /// A battle in numbers: what it adds to the log odds is the sum of its entries' parameters times factors.
    private struct Row {
        let a: Int
        let b: Int
        let score: Double
        let entries: [(place: Int, factor: Double)]

        init(_ battle: PairwiseBattle<Competitor>, _ a: Int, _ b: Int, _ competitors: Int) {
            (self.a, self.b, score) = (a, b, battle.score)
            entries = [(a, 1), (b, -1)] + battle.style.enumerated().map { (competitors + $0, $1) }
        }
    }

    /// Equal battles as one of more weight, which makes fits of many battles quick; not where style or cluster differ.
    private static func merged(_ rows: [Row], _ weights: [Double], keepsApart: Bool) -> ([Row], [Double]) {
        guard !keepsApart else { return (rows, weights) }
        var places: [[Double]: Int] = [:]
        var (kept, sums): ([Row], [Double]) = ([], [])
        for (row, weight) in zip(rows, weights) {
            let key = [Double(row.a), Double(row.b), row.score]
            if let place = places[key] {
                sums[place] += weight
            } else {
                places[key] = kept.count
                kept.append(row)
                sums.append(weight)
            }
        }
        return (kept, sums)
    }

    private static func check(
        _ battle: PairwiseBattle<Competitor>, _ index: Int, width: Int
    ) throws(StatisticsError) {
        guard (0...1).contains(battle.score) else {
            throw .outOfRange(what: "The score of battle \(index + 1)", value: battle.score, allowed: "0 to 1")
        }
        try Check.positive(battle.weight, "The weight of battle \(index + 1)")
        guard battle.a != battle.b else {
            throw .mismatch("Battle \(index + 1) is of \(battle.a) against itself. Leave it out.")
        }
        guard battle.style.count == width else {
            throw .mismatch("Battle \(index + 1) has \(battle.style.count) style covariates, the first \(width).")
        }
        try Check.finite(battle.style, "style covariates of battle \(index + 1)")
    }

    /// Maximum likelihood exists only where everyone can be reached from everyone by wins (Ford 1957).
    func checkConnected(weights: [Double]) throws(StatisticsError) {
        guard let apart = unconnected(weights) else { return }
        throw .undefined(
            "\(competitors[apart]) has won or lost every comparison with some of the others, or was never "
                + "compared with them, so no finite strength fits. Compare them more, or give a ridge.")
    }

    /// Someone who can't be reached from the first by wins, or can't reach the first.
    private func unconnected(_ weights: [Double]) -> Int? {
        var beats = [Set<Int>](repeating: [], count: competitors.count)
        var beaten = beats
        for (row, weight) in zip(rows, weights) where weight > 0 {
            if row.score > 0 {
                beats[row.a].insert(row.b)
                beaten[row.b].insert(row.a)
            }
            if row.score < 1 {
                beats[row.b].insert(row.a)
                beaten[row.a].insert(row.b)
            }
        }
        for graph in [beats, beaten] {
            var seen: Set<Int> = [0]
            var open = [0]
            while let next = open.popLast() {
                for other in graph[next] where seen.insert(other).inserted { open.append(other) }
            }
            if let missing = competitors.indices.first(where: { !seen.contains($0) }) { return missing }
        }
        return nil
    }

    /// Newton's method with halved steps where one does not improve the likelihood.
    func solve(weights: [Double], from start: [Double]?) throws(StatisticsError) -> [Double] {
        var parameters = start ?? [Double](repeating: 0, count: width)
        var likelihood = logLikelihood(parameters, weights)
        for _ in 0..<BradleyTerry.mostRounds {
            let (gradient, curvature) = derivatives(parameters, weights)
            guard let factor = Cholesky(curvature, size: width) else { break }
            let step = factor.solve(gradient)
            let size = step.reduce(0) { max($0, abs($1)) }
            if size < 1e-11 { return parameters }
            var share = 1.0
            var next = zip(parameters, step).map { $0 + $1 }
            var improved = logLikelihood(next, weights)
            while improved < likelihood - 1e-12 * abs(likelihood), share > 1e-6 {
                share /= 2
                next = zip(parameters, step).map { $0 + share * $1 }
                improved = logLikelihood(next, weights)
            }
            (parameters, likelihood) = (next, improved)
            // So far out that the odds are a billion to one: the style separates wins from losses.
            if parameters.contains(where: { abs($0) > 1e6 }) { break }
        }
        throw .notConverged(what: "The fit of strengths and style", iterations: BradleyTerry.mostRounds)
    }

    /// Strengths of a resample; `nil` where it has no answer.
    func replicate(from best: [Double], _ generator: inout SeededGenerator) -> [Double]? {
        let drawn = clusters == nil ? redrawnBattles(&generator) : redrawnClusters(&generator)
        if ridge == 0, unconnected(drawn) != nil { return nil }
        guard let parameters = try? solve(weights: drawn, from: best) else { return nil }
        return Array(parameters.prefix(competitors.count))
    }

    private func redrawnBattles(_ generator: inout SeededGenerator) -> [Double] {
        var sums: [Double] = []
        for weight in weights { sums.append((sums.last ?? 0) + weight) }
        let total = sums.last ?? 0
        var drawn = [Double](repeating: 0, count: rows.count)
        for _ in 0..<max(1, Int(total.rounded())) {
            let place = generator.unit() * total
            var (low, high) = (0, sums.count - 1)
            while low < high {
                let middle = (low + high) / 2
                if sums[middle] > place { high = middle } else { low = middle + 1 }
            }
            drawn[low] += 1
        }
        return drawn
    }

    private func redrawnClusters(_ generator: inout SeededGenerator) -> [Double] {
        let keys = clusters ?? []
        var order: [Int: Int] = [:]
        for key in keys where order[key] == nil { order[key] = order.count }
        var times = [Double](repeating: 0, count: order.count)
        for _ in 0..<order.count { times[generator.index(below: order.count)] += 1 }
        return zip(keys, weights).map { key, weight in weight * times[order[key] ?? 0] }
    }
}

extension BradleyTerryProblem {
    private func odds(_ row: Row, _ parameters: [Double]) -> Double {
        row.entries.reduce(0) { $0 + parameters[$1.place] * $1.factor }
    }

    private func logLikelihood(_ parameters: [Double], _ weights: [Double]) -> Double {
        var sum = 0.0
        for (row, weight) in zip(rows, weights) where weight > 0 {
            let odds = odds(row, parameters)
            sum -= weight * (Logistic.softplus(odds) - row.score * odds)
        }
        for strength in parameters.prefix(competitors.count) { sum -= 0.5 * ridge * strength * strength }
        return sum
    }

    /// The gradient, and minus the second derivative with ones added for the strengths, which fixes their sum at zero
    /// without changing the answer.
    private func derivatives(_ parameters: [Double], _ weights: [Double]) -> ([Double], [Double]) {
        var gradient = [Double](repeating: 0, count: width)
        var curvature = [Double](repeating: 0, count: width * width)
        for (row, weight) in zip(rows, weights) where weight > 0 {
            let p = Logistic.probability(odds(row, parameters))
            for (i, x) in row.entries {
                gradient[i] += weight * (row.score - p) * x
                for (j, y) in row.entries { curvature[i * width + j] += weight * p * (1 - p) * x * y }
            }
        }
        for i in competitors.indices {
            gradient[i] -= ridge * parameters[i]
            for j in competitors.indices { curvature[i * width + j] += 1 }
            curvature[i * width + i] += ridge
        }
        return (gradient, curvature)
    }

    /// inverse(curvature) times the sum of squared scores times inverse(curvature); scores are summed within clusters,
    /// with the correction C / (C - 1).
    func sandwich(_ parameters: [Double]) -> [Double] {
        let (_, curvature) = derivatives(parameters, weights)
        guard let factor = Cholesky(curvature, size: width) else {
            return [Double](repeating: 0, count: width * width)
        }
        return factor.sandwich(clusters.map { squaredScores(parameters, $0) } ?? squaredScores(parameters))
    }

    private func residual(_ index: Int, _ parameters: [Double]) -> Double {
        rows[index].score - Logistic.probability(odds(rows[index], parameters))
    }

    /// Every battle is its own.
    private func squaredScores(_ parameters: [Double]) -> [Double] {
        var middle = [Double](repeating: 0, count: width * width)
        for (index, row) in rows.enumerated() {
            let residual = residual(index, parameters)
            for (i, x) in row.entries {
                for (j, y) in row.entries { middle[i * width + j] += weights[index] * residual * residual * x * y }
            }
        }
        return middle
    }

    private func squaredScores(_ parameters: [Double], _ clusters: [Int]) -> [Double] {
        var places: [Int: Int] = [:]
        var scores: [[Double]] = []
        for (index, row) in rows.enumerated() {
            let place = places[clusters[index]] ?? scores.count
            if place == scores.count {
                places[clusters[index]] = place
                scores.append([Double](repeating: 0, count: width))
            }
            let residual = residual(index, parameters)
            for (i, x) in row.entries { scores[place][i] += weights[index] * residual * x }
        }
        let correction = Double(scores.count) / Double(max(1, scores.count - 1))
        var middle = [Double](repeating: 0, count: width * width)
        for score in scores {
            for i in score.indices where score[i] != 0 {
                for j in score.indices { middle[i * width + j] += correction * score[i] * score[j] }
            }
        }
        return middle
    }
}
