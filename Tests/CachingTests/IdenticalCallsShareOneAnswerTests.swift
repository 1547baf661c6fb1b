import Caching
import Synchronization
import Testing
import Vocabulary

@Suite struct IdenticalCallsShareOneAnswerTests {
    /// What the waiting calls heard, in order.
    private final class Heard: Sendable {
        let words = Mutex<[String]>([])

        func wake(_ name: String) -> Coalescer.Wake {
            { news in
                switch news {
                case .answer(let answer): self.words.withLock { $0.append("\(name):\(answer.source.low)") }
                case .leads: self.words.withLock { $0.append("\(name):leads") }
                }
            }
        }

        var all: [String] { words.withLock { $0 } }
    }

    private func ticket(_ role: Coalescer.Role) -> Coalescer.Ticket? {
        switch role {
        case .leads(let ticket), .waits(let ticket): ticket
        case .alone: nil
        }
    }

    @Test func thoseWhoWaitGetTheAnswer() throws {
        let (coalescer, heard) = (Coalescer(), Heard())
        let leader = try #require(ticket(coalescer.join(id(1), wake: heard.wake("a"))))
        for name in ["b", "c"] {
            guard case .waits = coalescer.join(id(1), wake: heard.wake(name)) else { return #expect(Bool(false)) }
        }
        #expect(coalescer.isAwaited(leader))
        coalescer.finish(leader, answer(source: 5))
        #expect(heard.all == ["b:5", "c:5"])
        #expect(coalescer.groups == 0)
    }

    @Test func whereTheLeaderFailsOneTakesItsPlace() throws {
        let (coalescer, heard) = (Coalescer(), Heard())
        let a = try #require(ticket(coalescer.join(id(1), wake: heard.wake("a"))))
        let b = try #require(ticket(coalescer.join(id(1), wake: heard.wake("b"))))
        _ = coalescer.join(id(1), wake: heard.wake("c"))
        coalescer.leave(a)
        #expect(heard.all == ["b:leads"])
        #expect(coalescer.isAwaited(b))
        // What an old leader says late means nothing.
        coalescer.finish(a, answer(source: 1))
        coalescer.finish(b, answer(source: 2))
        #expect(heard.all == ["b:leads", "c:2"])
    }

    @Test func whoLeavesHearsNothing() throws {
        let (coalescer, heard) = (Coalescer(), Heard())
        let a = try #require(ticket(coalescer.join(id(1), wake: heard.wake("a"))))
        let b = try #require(ticket(coalescer.join(id(1), wake: heard.wake("b"))))
        coalescer.leave(b)
        coalescer.leave(b)
        #expect(!coalescer.isAwaited(a))
        coalescer.finish(a, answer())
        #expect(heard.all.isEmpty)
    }

    @Test func boundsHold() {
        let coalescer = Coalescer(maximumGroups: 1, maximumWaiting: 1)
        _ = coalescer.join(id(1)) { _ in }
        _ = coalescer.join(id(1)) { _ in }
        #expect(coalescer.join(id(1)) { _ in } == .alone)
        #expect(coalescer.join(id(2)) { _ in } == .alone)
    }

    /// Random callers that join, leave, fail and answer: each is told at most once, nobody is forgotten.
    @Test(arguments: [1, 2, 3, 4] as [UInt64]) func nobodyIsForgotten(seed: UInt64) {
        var random = Seeded(state: seed)
        let coalescer = Coalescer()
        let promoted = Mutex<Set<Int>>([])
        let answered = Mutex<[Int: Int]>([:])
        var waiting: [Int: Coalescer.Ticket] = [:]
        var leading: [Int: Coalescer.Ticket] = [:]
        for caller in 0..<5_000 {
            let role = coalescer.join(id(UInt64.random(in: 0..<5, using: &random))) { news in
                switch news {
                case .answer: answered.withLock { $0[caller, default: 0] += 1 }
                case .leads: _ = promoted.withLock { $0.insert(caller) }
                }
            }
            if case .leads(let ticket) = role { leading[caller] = ticket }
            if case .waits(let ticket) = role { waiting[caller] = ticket }
            if let some = leading.randomElement(using: &random), Bool.random(using: &random) {
                leading[some.key] = nil
                coalescer.finish(some.value, Bool.random(using: &random) ? answer() : nil)
            }
            if let some = waiting.randomElement(using: &random), Int.random(in: 0..<4, using: &random) == 0 {
                waiting[some.key] = nil
                coalescer.leave(some.value)
            }
            for heir in promoted.withLock({ all in let heirs = all; all = []; return heirs }) {
                leading[heir] = waiting.removeValue(forKey: heir)
            }
            for told in answered.withLock({ $0.keys }) { waiting[told] = nil }
        }
        while let some = leading.first {
            leading[some.key] = nil
            coalescer.finish(some.value, answer())
        }
        for told in answered.withLock({ $0.keys }) { waiting[told] = nil }
        #expect(waiting.isEmpty)
        #expect(coalescer.groups == 0)
        #expect(answered.withLock { $0.values.allSatisfy { $0 == 1 } })
    }
}
