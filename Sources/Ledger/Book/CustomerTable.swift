import Vocabulary

/// End customers that are counted by rules for each customer, at most so many at a time.
///
/// When it is full, an idle customer makes room: of a few that are looked at, the one that was asked for longest ago.
/// Its sums are parked, so it finds them again. If all of those are busy, the newcomer is not let in.
struct CustomerTable: Sendable {
    private struct Entry: Sendable {
        var id: String
        var meters: [Int32] = []
        var lastUsed: UInt64
    }

    /// How many are looked at to find an idle one: enough to find one soon, few enough to look at during a call.
    private static let sample = 64

    /// Counts of one customer, from when on those of rules that have been changed since are looked for.
    private static let mostMeters = 2 * SpendingRules.mostRules

    let capacity: Int
    private var entries: [Entry] = []
    private var places: [String: Int] = [:]
    private var hand = 0
    private var ticks: UInt64 = 0

    init(capacity: Int) { self.capacity = max(1, capacity) }

    var count: Int { entries.count }

    func has(_ id: String) -> Bool { places[id] != nil }

    /// The counts of a customer, if it is here.
    func meters(of id: String) -> [Int32] { places[id].map { entries[$0].meters } ?? [] }

    /// The place of a customer; `nil` if there is no room for it.
    mutating func place(of id: String, in table: inout MeterTable, time: Microseconds) -> Int? {
        ticks += 1
        if let place = places[id] {
            entries[place].lastUsed = ticks
            return place
        }
        if entries.count >= capacity, !makeRoom(in: &table, time: time) { return nil }
        entries.append(Entry(id: id, lastUsed: ticks))
        places[id] = entries.count - 1
        return entries.count - 1
    }

    /// The count of one rule for the customer at `place`.
    mutating func meter(of rule: CompiledRule, at place: Int, in table: inout MeterTable, time: Microseconds) -> Int32 {
        for meter in entries[place].meters where table.meters[Int(meter)].rule.counter == rule.counter { return meter }
        let subject = Subject(.customer, entries[place].id)
        let meter = table.place(for: rule, of: subject, time: time)
        if entries[place].meters.count >= Self.mostMeters { retireIdle(at: place, in: &table, time: time) }
        entries[place].meters.append(meter)
        return meter
    }

    /// The customer is counted otherwise from now on. Its counts are the caller's to retire.
    mutating func remove(_ id: String) -> [Int32] {
        guard let place = places[id] else { return [] }
        let meters = entries[place].meters
        remove(at: place)
        return meters
    }

    private mutating func makeRoom(in table: inout MeterTable, time: Microseconds) -> Bool {
        var oldest: Int?
        for _ in 0..<min(Self.sample, entries.count) {
            hand = (hand + 1) % entries.count
            let isOlder = oldest.map { entries[hand].lastUsed < entries[$0].lastUsed } ?? true
            if isOlder, isIdle(hand, in: &table, time: time) { oldest = hand }
        }
        guard let oldest else { return false }
        for meter in entries[oldest].meters { table.retire(meter) }
        remove(at: oldest)
        return true
    }

    private mutating func retireIdle(at place: Int, in table: inout MeterTable, time: Microseconds) {
        entries[place].meters.removeAll { meter in
            guard table[meter].isIdle(at: time) else { return false }
            table.retire(meter)
            return true
        }
    }

    private func isIdle(_ place: Int, in table: inout MeterTable, time: Microseconds) -> Bool {
        entries[place].meters.allSatisfy { table[$0].isIdle(at: time) }
    }

    private mutating func remove(at place: Int) {
        places[entries[place].id] = nil
        entries.swapAt(place, entries.count - 1)
        entries.removeLast()
        if place < entries.count { places[entries[place].id] = place }
    }
}
