import Vocabulary

/// Names a count: whose it is, and `CompiledRule.counter`.
struct MeterKey: Hashable, Sendable {
    var subject: Subject
    var counter: String
}

/// Every count there is, by place and by name.
///
/// Sums of budgets whose rule is gone, whose customer was idle, or who have not been asked for since the start are
/// *parked*: kept by name alone until somebody needs a count of that name.
struct MeterTable: Sendable {
    private(set) var meters: [Meter] = []
    private var free: [Int32] = []
    private var places: [MeterKey: Int32] = [:]
    private(set) var parked = ParkedSums()

    /// How many counts are in use.
    var count: Int { places.count }

    subscript(index: Int32) -> Meter {
        get { meters[Int(index)] }
        _modify { yield &meters[Int(index)] }
    }

    /// Whether the place still belongs to the count that it was given out for.
    func holds(_ id: MeterID) -> Bool { meters[Int(id.index)].generation == id.generation }

    func id(_ index: Int32) -> MeterID { MeterID(index: index, generation: meters[Int(index)].generation) }

    func place(of key: MeterKey) -> Int32? { places[key] }

    /// The count of a rule, with whatever was counted under its name before; made if there is none.
    mutating func place(for rule: CompiledRule, of subject: Subject, time: Microseconds) -> Int32 {
        let key = MeterKey(subject: subject, counter: rule.counter)
        if let place = places[key] {
            meters[Int(place)].rule = rule
            meters[Int(place)].isRetired = false
            return place
        }
        let place = make(rule, subject: subject, windows: parked.take(key), time: time)
        places[key] = place
        return place
    }

    /// Gives a count up; at once if nobody holds anything of it, else when the last holder has gone.
    mutating func retire(_ place: Int32) {
        meters[Int(place)].isRetired = true
        removeIfDone(place)
    }

    /// Ends a hold, and the count too if it was only waiting for that.
    mutating func close(_ hold: Hold, settled: Int64) -> Int64 {
        let before = meters[Int(hold.meter)].close(at: hold.place, held: hold.amount, settled: settled)
        if meters[Int(hold.meter)].isRetired { removeIfDone(hold.meter) }
        return before
    }

    /// Takes over a sum from a store.
    mutating func raise(_ sum: LedgerSum) {
        let key = MeterKey(subject: sum.subject, counter: sum.rule)
        if let place = places[key] {
            meters[Int(place)].budget.raise(start: sum.windowStart, to: sum.amount)
        } else {
            parked.raise(key, start: sum.windowStart, to: sum.amount)
        }
    }

    /// Lets parked sums of windows go that have ended by `now`.
    mutating func forgetClosedWindows(at now: UnixMicroseconds) { parked.forgetClosed(at: now) }

    private mutating func make(
        _ rule: CompiledRule, subject: Subject, windows: [WindowCount], time: Microseconds
    ) -> Int32 {
        guard let place = free.popLast() else {
            meters.append(Meter(subject: subject, rule: rule, generation: 0, windows: windows, time: time))
            return Int32(meters.count - 1)
        }
        let generation = meters[Int(place)].generation
        meters[Int(place)] = Meter(
            subject: subject, rule: rule, generation: generation, windows: windows, time: time
        )
        return place
    }

    private mutating func removeIfDone(_ place: Int32) {
        let meter = meters[Int(place)]
        guard meter.holds == 0 else { return }
        let key = MeterKey(subject: meter.subject, counter: meter.rule.counter)
        if meter.rule.window != nil { parked.park(key, meter.budget.windows) }
        places[key] = nil
        meters[Int(place)].generation &+= 1
        meters[Int(place)].budget = BudgetCount(window: .lifetime)
        meters[Int(place)].rate = nil
        free.append(place)
    }
}
