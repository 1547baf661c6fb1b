import HTTPTypes
import Synchronization

/// Counts the open live streams.
final class LiveSlots: Sendable {
    private let limit: Int
    private let taken = Mutex(0)

    init(limit: Int) { self.limit = limit }

    /// One open stream. It is given back when the last reference goes, so also if its body is never written.
    final class Slot: Sendable {
        private let owner: LiveSlots

        fileprivate init(_ owner: LiveSlots) { self.owner = owner }

        deinit { owner.taken.withLock { $0 -= 1 } }
    }

    /// - Throws: 503 with `Retry-After` when all are taken.
    func take() throws(APIError) -> Slot {
        let isFree = taken.withLock { taken in
            guard taken < limit else { return false }
            taken += 1
            return true
        }
        guard isFree else {
            throw APIError(
                status: .serviceUnavailable, code: "too_many_live_streams",
                message: "\(limit) live streams are open, the most at once. Close one, or poll the list instead.",
                headers: [.retryAfter: "15"]
            )
        }
        return Slot(self)
    }
}
