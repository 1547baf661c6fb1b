import Vocabulary

/// What one open call holds of one count.
struct Hold: Sendable {
    var meter: Int32
    var rule: CompiledRule
    /// The window's start or the slot's number, so that the call is settled where it began, whatever the clock does.
    var place: Int64 = 0
    var amount: Int64
}

/// Reservations that are open. Places are used again and keep their memory.
struct OpenCalls: Sendable {
    private struct Record: Sendable {
        var serial: UInt64 = 0
        var holds: [Hold] = []
    }

    private var records: [Record] = []
    private var free: [Int32] = []
    private var lastSerial: UInt64 = 0

    var count: Int { records.count - free.count }

    /// A place for a call that is about to be checked.
    mutating func begin() -> LedgerReservation {
        lastSerial += 1
        let slot = free.popLast() ?? Int32(records.count)
        if slot == records.count { records.append(Record()) }
        records[Int(slot)].serial = lastSerial
        return LedgerReservation(slot: slot, serial: lastSerial)
    }

    /// Whether the reservation is still open: it is ended only once, and copies of it end with it.
    func isOpen(_ reservation: LedgerReservation) -> Bool {
        reservation.serial != 0 && records.indices.contains(Int(reservation.slot))
            && records[Int(reservation.slot)].serial == reservation.serial
    }

    /// What an open reservation holds.
    subscript(reservation: LedgerReservation) -> [Hold] {
        get { records[Int(reservation.slot)].holds }
        _modify { yield &records[Int(reservation.slot)].holds }
    }

    /// Gives the place back.
    mutating func end(_ reservation: LedgerReservation) {
        records[Int(reservation.slot)].serial = 0
        records[Int(reservation.slot)].holds.removeAll(keepingCapacity: true)
        free.append(reservation.slot)
    }
}
