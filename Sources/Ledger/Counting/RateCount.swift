import Vocabulary

/// A sliding window in slots: what was counted in each sixtieth of the period.
///
/// The slot that a full period ago falls in counts as a whole. So the count is never lower than that of the true
/// window, and a limit holds in every stretch of the period, wherever it begins; the price is that an amount is given
/// back up to a sixtieth of the period late.
struct RateCount: Sendable {
    static let slotsPerPeriod: Int64 = 60

    private let width: Microseconds
    private var slots: [Int64]
    /// The number of the newest slot, counted from time zero.
    private var newest: Int64
    /// The sum of all slots.
    private(set) var total: Int64 = 0

    init(period: Microseconds, at time: Microseconds) {
        width = (max(period, 1_000_000) + Self.slotsPerPeriod - 1) / Self.slotsPerPeriod
        slots = Array(repeating: 0, count: Int(Self.slotsPerPeriod) + 1)
        newest = Self.floored(time, by: width)
    }

    /// The slot that counts now.
    var slot: Int64 { newest }

    /// Lets what is older than a period go. Time never goes back here (`RateClock`).
    mutating func advance(to time: Microseconds) {
        let slot = Self.floored(time, by: width)
        guard slot > newest else { return }
        if total == 0 || slot - newest > Self.slotsPerPeriod {
            clear()
        } else {
            for passed in (newest + 1)...slot {
                total -= slots[place(passed)]
                slots[place(passed)] = 0
            }
        }
        newest = slot
    }

    mutating func add(_ amount: Int64) {
        slots[place(newest)] += amount
        total += amount
    }

    /// Corrects an amount that was added in `slot`; too late if the slot has gone.
    mutating func correct(slot: Int64, from held: Int64, to settled: Int64) {
        guard slot >= newest - Self.slotsPerPeriod, slot <= newest else { return }
        // What one call really consumed is bounded as estimates are, so that the sum cannot overflow.
        let change = min(settled, CallAmounts.highestEstimate) - held
        slots[place(slot)] += change
        total += change
    }

    /// How long until at least `amount` of the count has gone, if nothing is added; 0 if nothing has to go.
    func wait(toFree amount: Int64, at time: Microseconds) -> Microseconds {
        var left = amount
        var slot = newest - Self.slotsPerPeriod
        while left > 0, slot <= newest {
            left -= slots[place(slot)]
            slot += 1
        }
        return amount > 0 ? (slot + Self.slotsPerPeriod) * width - time : 0
    }

    private mutating func clear() {
        guard total != 0 else { return }
        for at in slots.indices { slots[at] = 0 }
        total = 0
    }

    private func place(_ slot: Int64) -> Int {
        let rest = slot % (Self.slotsPerPeriod + 1)
        return Int(rest < 0 ? rest + Self.slotsPerPeriod + 1 : rest)
    }

    private static func floored(_ value: Int64, by divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : (value + 1) / divisor - 1
    }
}
