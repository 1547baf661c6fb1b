import Telemetry
import Testing
import Vocabulary

/// A record is stored once, whenever the process ends and however the store fails.
@Suite struct ExactlyOnceTests {
    /// Dies after every possible number of stored batches, and each time goes on as a new process.
    @Test(arguments: 0...6)
    func aProcessThatEndsBetweenTwoBatches(batches: Int) throws {
        let bench = Bench {
            $0.batchSpans = 4
            $0.segmentBytes = 1_000
        }
        let backlog = bench.backlog()
        let lane = try bench.lane(backlog)
        for number in 0..<24 as Range<UInt64> { try lane.append(span(number)) }
        let drain = bench.drain(backlog)
        for _ in 0..<batches { _ = try drain.drainOnce() }
        #expect(bench.store.spans.count == batches * 4)
        #expect(try bench.replay().spans == 24 - batches * 4)
        #expect(bench.store.spans.map(\.requestModel) == (0..<24).map { "m\($0)" })
        #expect(bench.store.read { $0.duplicates } == 0)
    }

    /// Positions are in the same transaction, so a new process does not even offer the records again.
    @Test func aProcessThatEndsAfterTheTransactionAndBeforeItKnows() throws {
        let bench = Bench()
        let backlog = bench.backlog()
        let lane = try bench.lane(backlog)
        for number in 0..<5 as Range<UInt64> { try lane.append(span(number)) }
        bench.store.change { $0.silentSuccessesToCome = 1 }
        let drain = bench.drain(backlog)
        #expect(throws: (any Error).self) { try drain.drainOnce() }
        #expect(try bench.replay().spans == 0)
        #expect(bench.store.spans.count == 5)
        #expect(bench.store.read { $0.duplicates } == 0)
    }

    /// The same, but the process lives on and tries again: the store skips what it has.
    @Test func aTransactionThatSucceededAndWasReportedAsFailed() throws {
        let bench = Bench()
        let backlog = bench.backlog()
        let lane = try bench.lane(backlog)
        for number in 0..<5 as Range<UInt64> { try lane.append(span(number)) }
        bench.store.change { $0.silentSuccessesToCome = 1 }
        let drain = bench.drain(backlog)
        #expect(throws: (any Error).self) { try drain.drainOnce() }
        #expect(try drain.drainOnce().spans == 5)
        #expect(bench.store.spans.count == 5)
        #expect(backlog.bytes == 0)
    }

    @Test func aStoreThatFailsAndRecoversLosesNothing() throws {
        let bench = Bench { $0.maximumBacklogBytes = 1_000 }
        let backlog = bench.backlog()
        let lane = try bench.lane(backlog)
        bench.store.change { $0.failuresToCome = 5 }
        let drain = bench.drain(backlog)
        for number in 0..<10 as Range<UInt64> {
            try lane.append(span(number))
            if number < 5 { #expect(throws: (any Error).self) { try drain.drainOnce() } }
        }
        #expect(backlog.isOverLimit)
        #expect(try drain.drainOnce().spans == 10)
        #expect(backlog.bytes == 0 && !backlog.isOverLimit)
        #expect(bench.store.spans.map(\.requestModel) == (0..<10).map { "m\($0)" })
    }

    @Test func aSegmentThatWasStoredAndNotDeletedIsNotStoredAgain() throws {
        let bench = Bench()
        let backlog = bench.backlog()
        let lane = try bench.lane(backlog)
        for number in 0..<5 as Range<UInt64> { try lane.append(span(number)) }
        let drain = bench.drain(backlog)
        _ = try drain.drainOnce()
        #expect(bench.files.count == 1)
        #expect(try bench.replay().spans == 0)
        #expect(bench.files.isEmpty)
    }
}
