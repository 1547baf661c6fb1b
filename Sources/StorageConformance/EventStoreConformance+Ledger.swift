import Storage
import Vocabulary

extension EventStoreConformance {
    static let ledger = [
        Check(name: "the sums of budgets are the sums of the charges, each span counted once") { store in
            var sample = SampleSpans(seed: 40)
            var spans: [SpanRecord] = []
            for _ in 0..<10 {
                let batch = (0..<40).map { _ in sample.span(gap: 4_000_000_000) }
                try store.append(EventBatch(spans: batch + batch.prefix(3)))
                // The journal is replayed from its last position, so a batch may come again.
                try store.append(EventBatch(spans: batch))
                spans += batch
            }
            let sums = try await store.ledgerSums(since: .min)
            try requireEqual(Set(sums), expectedSums(spans), "sums")
            try requireEqual(Set(sums).count, sums.count, "rows, each window once")
        },
        Check(name: "open windows are those that began since, and those that never end") { store in
            let charges = [
                charge("day", windowStart: 100, 5), charge("day", windowStart: 200, 7),
                charge("ever", windowStart: BudgetWindow.lifetimeStart, 3),
            ]
            try store.append(EventBatch(spans: [span(charges)]))
            let open = try await store.ledgerSums(since: 200)
            try requireEqual(Set(open.map(\.amount)), [7, 3], "amounts since 200")
            try requireEqual(try await store.ledgerSums(since: 100).count, 3, "windows since 100")
            try requireEqual(try await store.ledgerSums(since: 201).map(\.amount), [3], "amounts since 201")
        },
        Check(name: "a rule's history is its windows in order, of that subject alone") { store in
            let other = LedgerCharge(
                subject: Subject(.user, "t"), rule: "day", windowStart: 100, amount: 99, before: 0, limit: 1,
                unit: .money, mode: .hard)
            let charges = [300, 100, 200].map { charge("day", windowStart: $0, $0 / 100) }
            try store.append(EventBatch(spans: [span(charges + [other, charge("week", windowStart: 100, 50)])]))
            let history = try await store.ledgerHistory(subject: Subject(.team, "t"), rule: "day", from: 100, to: 300)
            try requireEqual(history.map(\.windowStart), [100, 200], "windows")
            try requireEqual(history.map(\.amount), [1, 2], "amounts")
            let nobody = try await store.ledgerHistory(subject: Subject(.team, "x"), rule: "day", from: 0, to: .max)
            try require(nobody.isEmpty, "a team without charges has a history")
        },
        Check(name: "a sum beyond 64 bits stays at the highest number and fails no batch") { store in
            for turn in 1...2 {
                let charges = [charge("day", windowStart: 100, .max - 5)]
                try store.append(EventBatch(spans: [span(charges, number: UInt64(turn))]))
            }
            try requireEqual(try await store.ledgerSums(since: 0).map(\.amount), [.max], "the sum")
        },
    ]

    private static func expectedSums(_ spans: [SpanRecord]) -> Set<LedgerSum> {
        var amounts: [LedgerSum: Int64] = [:]
        for charge in spans.flatMap(\.charges) {
            let window = LedgerSum(
                subject: charge.subject, rule: charge.rule, windowStart: charge.windowStart, amount: 0)
            amounts[window, default: 0] += charge.amount
        }
        return Set(
            amounts.map { window, amount in
                var sum = window
                sum.amount = amount
                return sum
            })
    }

    private static func charge(_ rule: String, windowStart: Int64, _ amount: Int64) -> LedgerCharge {
        LedgerCharge(
            subject: Subject(.team, "t"), rule: rule, windowStart: windowStart, amount: amount, before: 0, limit: 10,
            unit: .money, mode: .hard)
    }

    private static func span(_ charges: [LedgerCharge], number: UInt64 = 1) -> SpanRecord {
        var span = SpanRecord(
            id: RequestID(high: number << 16 | 0x7000, low: 1 << 63), project: "p1", environment: "dev", keyID: "k")
        span.charges = charges
        return span
    }
}
