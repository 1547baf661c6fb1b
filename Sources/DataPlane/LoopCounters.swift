/// What one event loop has done since it started. Plain integers: read them on the loop.
package struct LoopCounters: Sendable, Equatable {
    /// Calls that are open now.
    package var open = 0
    package var connections = 0
    package var calls = 0
    /// Calls by the first digit of the caller's status; index 4 is 4xx.
    package var byStatusClass = [Int](repeating: 0, count: 6)
    package var cancelled = 0
    /// Requests that were refused before they became calls: bad key, unknown path, malformed.
    package var refused = 0
    package var raceRetries = 0
    /// Calls that waited for room in the journal.
    package var held = 0
    package var journalFailures = 0
    package var requestBytes: Int64 = 0
    package var answerBytes: Int64 = 0

    /// Whether the latest call to each provider reached it, by provider name, with the time (monotonic nanoseconds).
    package var reached: [String: Reach] = [:]

    /// How the latest call to a provider went.
    package struct Reach: Sendable, Equatable {
        package var at: UInt64
        /// The provider answered with anything but a server error.
        package var succeeded: Bool
    }

    package init() {}

    /// Adds another loop's figures; of two reaches of one provider the later counts.
    package mutating func add(_ other: LoopCounters) {
        open += other.open
        connections += other.connections
        calls += other.calls
        for index in byStatusClass.indices { byStatusClass[index] += other.byStatusClass[index] }
        cancelled += other.cancelled
        refused += other.refused
        raceRetries += other.raceRetries
        held += other.held
        journalFailures += other.journalFailures
        requestBytes += other.requestBytes
        answerBytes += other.answerBytes
        reached.merge(other.reached) { $0.at > $1.at ? $0 : $1 }
    }
}
