/// The mean score of items that were each sampled several times, as with a temperature above 0.
///
/// Samples of one item are no further items: the mean of each item comes first, and the standard error is that of the
/// items' means. Its square is (omega² + sigma² / K) / n: more samples K shrink only the second part (Miller 2024).
package struct RepeatedSamples: Sendable, Hashable {
    /// The mean over items of the items' means, with the t interval over items.
    package var mean: Estimate
    /// omega²: the variance of the items' true scores. Estimated by one-way random effects, and moved to 0 where that
    /// comes out below (then the mean carries ``Note/clamped(_:)``). `nil` with one item or without repeated samples.
    package var betweenItems: Double?
    /// sigma²: the mean variance of samples of one item; `nil` where no item has two samples.
    package var withinItem: Double?
    /// Samples in all.
    package var samples: Int
    /// K: the harmonic mean of the items' numbers of samples, which is what sigma² is divided by.
    package var samplesPerItem: Double

    /// One list of scores per item. Throws where there are no items or one has no samples (leave such items out, and
    /// count them), or a score is not finite.
    package init(_ items: [[Double]], level: Double = 0.95) throws(StatisticsError) {
        var means: [Double] = []
        var squares = 0.0
        var inverse = 0.0
        for item in items {
            let moments = try Moments(item)
            guard let mean = moments.mean else { throw .empty(what: "samples of one of the items") }
            means.append(mean)
            squares += moments.sumOfSquaredDeviations
            inverse += 1 / Double(moments.count)
        }
        let moments = try Moments(means)
        mean = try Mean.estimate(moments, level: level)
        samples = items.reduce(0) { $0 + $1.count }
        samplesPerItem = Double(items.count) / inverse
        guard samples > items.count else { return }
        let within = squares / Double(samples - items.count)
        withinItem = within
        guard let variance = moments.variance else { return }
        let between = variance - within / samplesPerItem
        betweenItems = max(0, between)
        if between < 0 { mean.notes.append(.clamped(between)) }
    }

    /// The standard error that `samplesPerItem` samples of each of `items` items would have; `nil` where a part of the
    /// variance is not known.
    package func standardError(items: Int, samplesPerItem: Int) -> Double? {
        guard let betweenItems, let withinItem, items > 0, samplesPerItem > 0 else { return nil }
        return ((betweenItems + withinItem / Double(samplesPerItem)) / Double(items)).squareRoot()
    }
}
