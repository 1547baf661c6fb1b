import Ledger
import Runtime
import Synchronization
import Testing
import Vocabulary

/// Event loops share one ledger.
@Suite struct ManyThreads {
    /// More than the event loops of a small machine, so that threads are also interrupted while they hold the lock.
    private static let threads = 8
    private static let callsEach = 60_000

    @Test func neverPassABudgetNorLoseACharge() throws {
        let limit: Int64 = 4_000_000
        let rules = SpendingRules(
            budgets: [BudgetRule(id: "life", limit: limit, window: .lifetime)],
            limits: [LimitRule(id: "parallel", unit: .parallel, limit: 5)]
        )
        let desk = Desk([Desk.key: rules])
        let total = Atomic<Int64>(0)
        let highest = Atomic<Int64>(0)
        let open = Atomic<Int64>(0)
        let workers = (0..<Self.threads).map { worker in
            WorkerThread(name: "ledger-\(worker)") {
                var random = FastRandom(seed: UInt64(worker))
                for _ in 0..<Self.callsEach {
                    let estimate = Int64(random.next() % 50)
                    guard let grant = desk.reserve(estimate).grant else { continue }
                    highest.max(open.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
                    let actual = estimate == 0 ? 0 : Int64(random.next() % UInt64(estimate + 1))
                    open.subtract(1, ordering: .relaxed)
                    if random.next() % 4 == 0 {
                        desk.ledger.release(grant.reservation)
                    } else {
                        let charges = desk.settle(grant, actual)
                        total.add(charges.reduce(0) { $0 + $1.amount }, ordering: .relaxed)
                    }
                }
            }
        }
        for worker in workers { worker.join() }
        let state = try desk.state()
        #expect(state.used == total.load(ordering: .relaxed) && state.reserved == 0 && state.used <= limit)
        #expect(highest.load(ordering: .relaxed) <= 5 && state.used > 0 && desk.ledger.size.openCalls == 0)
    }

    @Test func aBudgetIsUsedUpToTheLastUnit() throws {
        let desk = Desk(BudgetRule(id: "calls", unit: .requests, limit: 10_000, window: .day))
        let passed = Atomic<Int>(0)
        let workers = (0..<Self.threads).map { worker in
            WorkerThread(name: "ledger-\(worker)") {
                for _ in 0..<5_000 where desk.spend(1) { passed.add(1, ordering: .relaxed) }
            }
        }
        for worker in workers { worker.join() }
        #expect(passed.load(ordering: .relaxed) == 10_000)
        #expect(try desk.state().used == 10_000)
    }

    @Test func rulesMayChangeMeanwhile() throws {
        let desk = Desk(BudgetRule(id: "life", limit: SpendingRules.highestLimit, window: .lifetime))
        let total = Atomic<Int64>(0)
        let workers = (0..<4).map { worker in
            WorkerThread(name: "ledger-\(worker)") {
                for call in 0..<20_000 {
                    guard let grant = desk.reserve(3).grant else { continue }
                    let charges = desk.settle(grant, Int64(call % 4))
                    total.add(charges.reduce(0) { $0 + $1.amount }, ordering: .relaxed)
                }
            }
        }
        for round in 0..<2_000 {
            let budget = BudgetRule(id: "life", limit: SpendingRules.highestLimit - Int64(round), window: .lifetime)
            desk.ledger.publish([Desk.key: SpendingRules(budgets: [budget])])
        }
        for worker in workers { worker.join() }
        #expect(try desk.state().used == total.load(ordering: .relaxed))
    }
}
