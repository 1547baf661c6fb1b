import Synchronization

/// Lets identical calls that are under way at the same time share one answer.
///
/// The first one leads; the others wait for its answer. Where the leader comes to nothing, one of those who wait leads
/// in its place and the rest go on waiting: a provider that fails is not hit by all of them at once. Bounded in
/// requests and in callers for each; beyond that a call goes on by itself. Deadlines are the waiting call's own: it
/// leaves when it has waited for long enough.
package final class Coalescer: Sendable {
    /// What a call is told when it joins.
    package enum Role: Sendable, Equatable {
        /// It makes the call, and must say how it ended (`finish`).
        case leads(Ticket)
        /// It waits: its closure is called once, unless it leaves before.
        case waits(Ticket)
        /// No room: it makes the call for itself.
        case alone
    }

    /// One call's part in a group.
    package struct Ticket: Sendable, Hashable {
        let key: CacheKey
        let number: UInt64
    }

    /// What a call that waits is told.
    package enum News: Sendable {
        case answer(StoredAnswer)
        /// The leader came to nothing: this call leads now, with the same ticket.
        case leads
    }

    /// Called on whichever thread the leader ended: hop to the call's own loop.
    package typealias Wake = @Sendable (News) -> Void

    private struct Group {
        var leader: UInt64
        /// In the order in which they came.
        var waiting: [(number: UInt64, wake: Wake)] = []
    }

    private struct State {
        var groups: [CacheKey: Group] = [:]
        var next: UInt64 = 0
    }

    private let state = Mutex(State())
    private let maximumGroups: Int
    private let maximumWaiting: Int

    /// - Parameters:
    ///   - maximumGroups: Different requests with a leader.
    ///   - maximumWaiting: Calls that wait for the same one.
    package init(maximumGroups: Int = 10_000, maximumWaiting: Int = 1_000) {
        self.maximumGroups = maximumGroups
        self.maximumWaiting = maximumWaiting
    }

    /// Joins those who make the same request.
    package func join(_ key: CacheKey, wake: @escaping Wake) -> Role {
        state.withLock { state in
            state.next += 1
            let ticket = Ticket(key: key, number: state.next)
            guard var group = state.groups[key] else {
                guard state.groups.count < maximumGroups else { return .alone }
                state.groups[key] = Group(leader: ticket.number)
                return .leads(ticket)
            }
            guard group.waiting.count < maximumWaiting else { return .alone }
            group.waiting.append((ticket.number, wake))
            state.groups[key] = group
            return .waits(ticket)
        }
    }

    /// The leader has its answer (`nil`: none that may be shared). Those who wait are told.
    package func finish(_ ticket: Ticket, _ answer: StoredAnswer?) {
        let wakes: [(Wake, News)] = state.withLock { state in
            guard var group = state.groups[ticket.key], group.leader == ticket.number else { return [] }
            if let answer {
                state.groups[ticket.key] = nil
                return group.waiting.map { ($0.wake, .answer(answer)) }
            }
            guard let heir = group.waiting.first else {
                state.groups[ticket.key] = nil
                return []
            }
            group.waiting.removeFirst()
            group.leader = heir.number
            state.groups[ticket.key] = group
            return [(heir.wake, .leads)]
        }
        for (wake, news) in wakes { wake(news) }
    }

    /// A call stops waiting, or a leader that has not finished ends. Safe to say more than once.
    package func leave(_ ticket: Ticket) {
        let isLeader: Bool = state.withLock { state in
            guard var group = state.groups[ticket.key] else { return false }
            if group.leader == ticket.number { return true }
            group.waiting.removeAll { $0.number == ticket.number }
            state.groups[ticket.key] = group
            return false
        }
        if isLeader { finish(ticket, nil) }
    }

    /// True where somebody waits for this leader's answer.
    package func isAwaited(_ ticket: Ticket) -> Bool {
        state.withLock { state in
            guard let group = state.groups[ticket.key], group.leader == ticket.number else { return false }
            return !group.waiting.isEmpty
        }
    }

    /// Requests with a leader now.
    package var groups: Int { state.withLock { $0.groups.count } }
}
