/// Which of the bootstrap's intervals is made of the resamples.
package enum BootstrapInterval: String, Sendable, Hashable, CaseIterable {
    /// The quantiles of the resampled statistics (Efron 1979). Too narrow below about 30 cases (200, if skewed).
    case percentile
    /// Bias-corrected and accelerated (Efron 1987): moved to where skewed scores have it, not wider otherwise.
    case bca
}

/// How a bootstrap is done.
package struct BootstrapPlan: Sendable, Hashable {
    /// Intervals at 95 % read the 2.5 % quantile: below 100 resamples that is the outcome of two or three of them.
    package static let allowedResamples = 100...10_000_000

    package var resamples: Int
    package var level: Double
    package var interval: BootstrapInterval

    package init(resamples: Int = 10_000, level: Double = 0.95, interval: BootstrapInterval = .bca) {
        self.resamples = resamples
        self.level = level
        self.interval = interval
    }

    /// Throws for a level or a number of resamples that can't be used.
    func check() throws(StatisticsError) {
        try Check.level(level)
        guard Self.allowedResamples.contains(resamples) else {
            throw .outOfRange(
                what: "The number of resamples", value: Double(resamples), allowed: "100 to 10 million")
        }
    }
}
