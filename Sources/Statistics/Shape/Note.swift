/// What a reader of a figure has to know beside it. Notes are the answer of edge cases, in place of NaN.
package enum Note: Sendable, Hashable {
    /// There was nothing to count; the value says nothing.
    case empty
    /// One case has no spread, so there is no standard error and no interval.
    case oneCase
    /// One cluster has no spread between clusters.
    case oneCluster
    /// All values are equal: the spread of the sample is zero, that of the population is not known to be.
    case allEqual
    /// No success among the cases; the interval's upper end says what rate could have hidden.
    case allZero
    /// Successes only; the interval's lower end says what rate is sure.
    case allOne
    /// So few clusters that intervals of sums of clusters are too narrow or too wide; the count of clusters.
    case fewClusters(Int)
    /// Pairs or items with one side missing that were left out.
    case droppedMissingPairs(Int)
    /// Equal values among those that were ranked.
    case ties(Int)
    /// Differences of zero that the procedure leaves out.
    case droppedZeros(Int)
    /// Resamples in which the statistic had no answer and that were left out.
    case droppedResamples(Int)
    /// The bootstrap's correction could not be computed, so that the percentile interval stands instead.
    case fellBackToPercentile
    /// Every possible assignment was counted, this many; no seed was used.
    case exact(Int)
    /// Random draws instead of all assignments, this many.
    case randomDraws(Int)
    /// The value lay outside its possible range and was moved to the range's end; this is what it was.
    case clamped(Double)
    /// Anything else, as a full sentence.
    case text(String)
}

extension Note: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "There are no cases."
        case .oneCase: "One case has no spread, so there is no interval."
        case .oneCluster: "One cluster has no spread between clusters, so there is no interval."
        case .allEqual: "All values are equal, so the spread of the sample says nothing about that of further cases."
        case .allZero: "No case succeeded; the interval's upper end is the rate that could have gone unseen."
        case .allOne: "Every case succeeded; the interval's lower end is the rate that is sure."
        case .fewClusters(let count): "Only \(count) clusters: intervals are uncertain themselves."
        case .droppedMissingPairs(let count): "\(count) cases with a missing side were left out."
        case .ties(let count): "\(count) values are tied."
        case .droppedZeros(let count): "\(count) differences of zero were left out."
        case .droppedResamples(let count): "\(count) resamples had no answer and were left out."
        case .fellBackToPercentile: "The BCa correction has no answer here; this is the percentile interval."
        case .exact(let count): "Exact: all \(count) assignments were counted."
        case .randomDraws(let count): "From \(count) random draws."
        case .clamped(let value): "The value was \(value), outside the possible range, and was moved to its end."
        case .text(let text): text
        }
    }
}
