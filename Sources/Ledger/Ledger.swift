package import Vocabulary

/// Budgets and limits: reserves what a call may consume before it is made, and settles or releases it after.
///
/// One for the server, shared by all event loops. A lock guards it for the length of one change (under a microsecond);
/// a call that no rule applies to does not take it. Every count is exact: see the guarantees in this module's page.
package final class Ledger: Sendable {
    private let book: LedgerLock<LedgerBook>

    /// The customers that are followed by rules for each customer unless told otherwise. A customer takes up to a
    /// kilobyte for each rule, so these take about a hundred megabytes at worst.
    package static let defaultCustomerCapacity = 100_000

    /// The sums of idle customers and of withdrawn rules that are kept unless told otherwise; about 200 bytes each.
    package static let defaultParkedCapacity = 1_000_000

    /// - Parameters:
    ///   - customerCapacity: The most end customers that rules for each customer follow at the same time.
    ///   - parkedCapacity: The most sums of idle customers and withdrawn rules that are kept. Beyond it, sums of past
    ///     windows are dropped first, and then customers who are new are refused rather than others forgotten.
    package init(
        customerCapacity: Int = defaultCustomerCapacity, parkedCapacity: Int = defaultParkedCapacity
    ) {
        book = LedgerLock(LedgerBook(customerCapacity: customerCapacity, parkedCapacity: parkedCapacity))
    }

    /// These rules and no others are in force from now on. Counts and open reservations of rules that stay are kept;
    /// those of rules that go end with their calls. Chains that were made before keep working.
    package func publish(_ rules: [Subject: SpendingRules]) {
        book.withLock { $0.publish(rules) }
    }

    /// The rules of a caller, ready for counting.
    ///
    /// - Parameters:
    ///   - subjects: Everybody the caller speaks for, broadest first, without the end customer.
    ///   - eachCustomer: What holds for each end customer that has no rules of its own.
    package func chain(_ subjects: [Subject], eachCustomer: SpendingRules = .none) -> LedgerChain {
        book.withLock { $0.chain(subjects, eachCustomer: eachCustomer) }
    }

    /// Takes what a call may consume out of every count that applies to it, or refuses and changes nothing.
    package func reserve(_ demand: LedgerDemand, at now: UnixMicroseconds) -> ReserveResult {
        guard demand.chain.applies(toCustomer: demand.customer) else {
            return .granted(LedgerGrant(reservation: .nothing))
        }
        return book.withLock { $0.reserve(demand, at: Self.bounded(now)) }
    }

    /// Charges what a call really consumed, be it more or less than was reserved, to the windows it began in.
    ///
    /// - Returns: The lines for the call's record. Empty if the reservation was settled or released before.
    package func settle(
        _ reservation: LedgerReservation, money: Money, tokens: Int64, at now: UnixMicroseconds
    ) -> [LedgerCharge] {
        guard !reservation.isNothing else { return [] }
        let amounts = CallAmounts(settled: money, tokens: tokens)
        return book.withLock { $0.settle(reservation, amounts, at: now) }
    }

    /// Gives everything back: nothing was consumed. Does nothing if the reservation was settled or released before.
    package func release(_ reservation: LedgerReservation) {
        guard !reservation.isNothing else { return }
        book.withLock { $0.release(reservation) }
    }

    /// Takes over what the store has settled, at start. Sums replace lower ones and are never added, so that it may
    /// be done again. Sums of rules that are not in force and of customers are kept until somebody asks for them.
    package func restore(_ sums: [LedgerSum], at now: UnixMicroseconds) {
        book.withLock { $0.restore(sums, at: Self.bounded(now)) }
    }

    /// How full the rules of one subject are; empty if it has none.
    package func state(of subject: Subject, at now: UnixMicroseconds) -> [RuleState] {
        book.withLock { $0.state(of: subject, at: Self.bounded(now)) }
    }

    /// How full the rules are that apply to a caller's calls for `model`.
    package func state(
        of chain: LedgerChain, customer: String? = nil, model: String, at now: UnixMicroseconds
    ) -> [RuleState] {
        guard chain.applies(toCustomer: customer) else { return [] }
        return book.withLock { $0.state(of: chain, customer: customer, model: model, at: Self.bounded(now)) }
    }

    /// How many counts, open reservations, customers and parked sums there are.
    package var size: LedgerSize {
        book.withLock {
            LedgerSize(
                counts: $0.meters.count, openCalls: $0.open.count, customers: $0.customers.count,
                parkedSums: $0.meters.parked.count
            )
        }
    }

    /// Times within 2^60 microseconds (36,000 years) of 1970, so that no sum of times overflows.
    private static func bounded(_ now: UnixMicroseconds) -> UnixMicroseconds { min(max(now, -(1 << 60)), 1 << 60) }
}

/// What a ledger has in memory, for metrics.
package struct LedgerSize: Sendable, Hashable {
    package var counts: Int
    package var openCalls: Int
    package var customers: Int
    package var parkedSums: Int
}
