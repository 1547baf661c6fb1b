/// An answer to `Ledger.reserve`.
package enum ReserveResult: Sendable, Equatable {
    /// The call may go on. Settle or release the reservation, whatever becomes of the call.
    case granted(LedgerGrant)
    /// A hard rule is reached. No count has changed.
    case refused(LedgerBreach)
}

/// A call that may go on.
package struct LedgerGrant: Sendable, Equatable {
    package var reservation: LedgerReservation
    /// Soft rules that are reached, and shadow rules that would have refused; mostly empty.
    package var notices: [LedgerBreach]

    package init(reservation: LedgerReservation, notices: [LedgerBreach] = []) {
        self.reservation = reservation
        self.notices = notices
    }
}

/// What a call holds until it is settled or released. Copies stand for the same reservation.
package struct LedgerReservation: Sendable, Hashable {
    var slot: Int32
    /// Never used twice; 0 for a reservation of nothing.
    var serial: UInt64

    /// Of a call that no rule applies to: settling and releasing it does nothing.
    package static let nothing = LedgerReservation(slot: -1, serial: 0)

    package var isNothing: Bool { serial == 0 }
}
