package import Vocabulary

/// Measures how often semantic hits of one route are wrong, and moves the route's threshold by it.
///
/// A sample of hits is asked again and judged. Too many false ones raise the threshold by a quarter of what is left to
/// 1, and counting begins anew. It goes back towards the configured one only after the upper bound of the rate has been
/// under the target, a tenth of the way at a time, and never below a place that was found too low without twice the
/// evidence each time: otherwise it would swing.
package struct FalseHitMeter: Sendable, Equatable {
    /// No threshold is higher: rounding alone keeps equal texts below 1.
    package static let highest = 0.999
    /// So many hits are all judged, at the beginning and after each change.
    package static let firstSamples = 20
    private static let historyLimit = 100

    /// One change of the threshold.
    package struct Change: Sendable, Equatable {
        package var at: UnixMicroseconds
        package var from: Double
        package var to: Double
        /// In a sentence.
        package var reason: String
    }

    /// How it is set up.
    package struct Goals: Sendable, Equatable {
        /// The rate of false hits that is to be kept below, above 0.
        package var target: Double
        /// The part of hits that is judged, 0 to 1.
        package var sample: Double

        package init(target: Double = 0.02, sample: Double = 0.02) {
            self.target = target
            self.sample = sample
        }
    }

    package let goals: Goals
    /// What the route asks for; the threshold is never lower.
    package private(set) var configured: Double
    package private(set) var threshold: Double
    /// Judged hits since the threshold changed last, and how many of them were false.
    package private(set) var judged = 0
    package private(set) var wrong = 0
    /// The same over all time.
    package private(set) var judgedInAll = 0
    package private(set) var wrongInAll = 0
    /// Samples that no judge could tell.
    package private(set) var undecided = 0
    package private(set) var history: [Change] = []
    /// Hits that were chosen for judging since the last change.
    private var chosen = 0
    /// The highest threshold that was found too low, and how often.
    private var tooLow = 0.0
    private var setbacks = 0

    package init(configured: Double, goals: Goals) {
        self.configured = configured
        self.goals = goals
        threshold = configured
    }

    /// The rate since the last change, with its bounds.
    package var rate: (value: Double?, interval: WilsonInterval) {
        (judged > 0 ? Double(wrong) / Double(judged) : nil, WilsonInterval(hits: wrong, trials: judged))
    }

    /// The route's rules changed: what was learnt above the new threshold holds on.
    package mutating func configure(_ threshold: Double, at now: UnixMicroseconds) {
        guard threshold != configured else { return }
        configured = threshold
        let next = max(threshold, tooLow > threshold ? self.threshold : threshold)
        if next != self.threshold { move(to: next, at: now, "the route asks for \(Self.text(threshold)) now") }
    }

    /// Whether a hit is to be judged. The first ones always are.
    package mutating func samples(random: UInt64) -> Bool {
        guard goals.sample > 0 else { return false }
        let isMeant = chosen < Self.firstSamples || Double(random >> 11) * 0x1p-53 < goals.sample
        if isMeant { chosen += 1 }
        return isMeant
    }

    /// A judge could not be asked, or did not say: the sample teaches nothing, and another takes its place.
    package mutating func couldNotJudge() {
        undecided += 1
        chosen = max(0, chosen - 1)
    }

    /// Takes in a judgement. One of a hit from before the last change counts only for all time.
    ///
    /// - Parameter used: The threshold that was in force when the hit was given.
    package mutating func judge(isFalse: Bool, used: Double, at now: UnixMicroseconds) {
        judgedInAll += 1
        if isFalse { wrongInAll += 1 }
        guard used == threshold else { return }
        judged += 1
        if isFalse { wrong += 1 }
        decide(now)
    }

    private mutating func decide(_ now: UnixMicroseconds) {
        let bounds = rate.interval
        if isTooHigh(bounds) { return tighten(now) }
        guard threshold > configured, bounds.upper < goals.target else { return }
        loosen(now)
    }

    /// Two false hits at least, and more of them than the target: waiting for certainty would let more through.
    private func isTooHigh(_ bounds: WilsonInterval) -> Bool {
        guard wrong >= 2, threshold < Self.highest else { return false }
        if bounds.lower > goals.target { return true }
        return judged >= Self.firstSamples && Double(wrong) > goals.target * Double(judged)
    }

    private mutating func tighten(_ now: UnixMicroseconds) {
        if threshold <= tooLow { setbacks = min(setbacks + 1, 16) }
        tooLow = max(tooLow, threshold)
        let next = min(Self.highest, threshold + max(0.002, (1 - threshold) / 4))
        move(to: next, at: now, "\(wrong) of \(judged) judged hits were false, more than \(Self.percent(goals.target))")
    }

    private mutating func loosen(_ now: UnixMicroseconds) {
        let next = max(configured, threshold - max(0.001, (threshold - configured) / 10))
        // What was too low before needs more evidence, each time it was tried in vain twice as much.
        let needed = Int(3.842 / goals.target) << setbacks
        if next <= tooLow, judged < needed * 2 { return }
        let bound = Self.percent(rate.interval.upper)
        move(to: next, at: now, "\(wrong) of \(judged) judged hits were false: at most \(bound)")
    }

    private mutating func move(to next: Double, at now: UnixMicroseconds, _ reason: String) {
        history.append(Change(at: now, from: threshold, to: next, reason: reason))
        if history.count > Self.historyLimit { history.removeFirst() }
        threshold = next
        (judged, wrong, chosen) = (0, 0, 0)
    }

    /// Four decimals are finer than any step that matters.
    private static func text(_ value: Double) -> String { "\((value * 10_000).rounded() / 10_000)" }

    private static func percent(_ rate: Double) -> String { "\((rate * 10_000).rounded() / 100) %" }
}
