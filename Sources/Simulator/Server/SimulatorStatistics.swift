import Synchronization

/// Counts since the start or the last reset. Requests to `/sim/...` are not counted.
package struct SimulatorStatistics: Sendable, Equatable {
    /// Requests received in full.
    package var requests = 0
    /// Requests that were answered by a stream.
    package var streams = 0
    /// Answers under way; not touched by a reset.
    package var openRequests = 0
    /// Streams under way; not touched by a reset.
    package var openStreams = 0
    /// Answers that reached their end, faults that end an answer early included.
    package var completed = 0
    /// Answers whose client left before their end, streams included.
    package var cancelledRequests = 0
    /// Streams whose client left before their end.
    package var cancelledStreams = 0
    /// Answers with a status of 400 or above.
    package var errors = 0

    var json: JSONText {
        #"""
        {"requests":\#(requests),"streams":\#(streams),"open_requests":\#(openRequests),\#
        "open_streams":\#(openStreams),\#
        "completed":\#(completed),"cancelled_requests":\#(cancelledRequests),\#
        "cancelled_streams":\#(cancelledStreams),"errors":\#(errors)}
        """#
    }
}

/// The running counters. Each is exact; a snapshot may catch two of them at slightly different moments.
final class Counters: Sendable {
    private let requests = Atomic(0)
    private let streams = Atomic(0)
    private let openRequests = Atomic(0)
    private let openStreams = Atomic(0)
    private let completed = Atomic(0)
    private let cancelledRequests = Atomic(0)
    private let cancelledStreams = Atomic(0)
    private let errors = Atomic(0)

    func began(isStream: Bool, isError: Bool) {
        requests.add(1, ordering: .relaxed)
        openRequests.add(1, ordering: .relaxed)
        if isError { errors.add(1, ordering: .relaxed) }
        guard isStream else { return }
        streams.add(1, ordering: .relaxed)
        openStreams.add(1, ordering: .relaxed)
    }

    func ended(isStream: Bool, isCancelled: Bool) {
        if isStream {
            openStreams.subtract(1, ordering: .relaxed)
            if isCancelled { cancelledStreams.add(1, ordering: .relaxed) }
        }
        if isCancelled {
            cancelledRequests.add(1, ordering: .relaxed)
        } else {
            completed.add(1, ordering: .relaxed)
        }
        openRequests.subtract(1, ordering: .relaxed)
    }

    var snapshot: SimulatorStatistics {
        SimulatorStatistics(
            requests: requests.load(ordering: .relaxed), streams: streams.load(ordering: .relaxed),
            openRequests: openRequests.load(ordering: .relaxed), openStreams: openStreams.load(ordering: .relaxed),
            completed: completed.load(ordering: .relaxed),
            cancelledRequests: cancelledRequests.load(ordering: .relaxed),
            cancelledStreams: cancelledStreams.load(ordering: .relaxed), errors: errors.load(ordering: .relaxed)
        )
    }

    func reset() {
        requests.store(0, ordering: .relaxed)
        streams.store(0, ordering: .relaxed)
        completed.store(0, ordering: .relaxed)
        cancelledRequests.store(0, ordering: .relaxed)
        cancelledStreams.store(0, ordering: .relaxed)
        errors.store(0, ordering: .relaxed)
    }
}
