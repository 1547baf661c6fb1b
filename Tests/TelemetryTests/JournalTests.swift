import Telemetry
import Testing
import Vocabulary

/// Lanes, segments and the backlog, without threads.
@Suite struct JournalTests {
    @Test func whatIsAppendedIsStoredOnceAndInOrder() throws {
        let bench = Bench()
        let backlog = bench.backlog()
        let lane = try bench.lane(backlog)
        let drain = bench.drain(backlog)
        for number in 0..<10 as Range<UInt64> { try lane.append(span(number)) }
        #expect(backlog.bytes > 0)
        #expect(try drain.drainOnce().spans == 10)
        #expect(try drain.drainOnce().spans == 0)
        #expect(backlog.bytes == 0)
        try lane.append(span(10))
        #expect(drain.hasWork())
        #expect(try drain.drainOnce().spans == 1)
        #expect(!drain.hasWork())
        #expect(bench.store.spans.map(\.requestModel) == (0...10).map { "m\($0)" })
        #expect(bench.store.read { $0.duplicates } == 0)
    }

    @Test func aLaneThatServedNothingLeavesNoFile() throws {
        let bench = Bench()
        let lane = try bench.lane(bench.backlog())
        lane.close()
        #expect(bench.files.isEmpty)
    }

    @Test func segmentsRotateAndAreDeletedOnceStored() throws {
        let bench = Bench { $0.segmentBytes = 1_000 }
        let backlog = bench.backlog()
        let lane = try bench.lane(backlog)
        let drain = bench.drain(backlog)
        for number in 0..<50 as Range<UInt64> { try lane.append(span(number)) }
        #expect(bench.files.count > 5)
        for file in bench.files { #expect(bench.contents(of: file).count <= 1_000) }
        while try drain.drainOnce().spans > 0 {}
        #expect(bench.files.count == 1)
        #expect(bench.store.positions.keys.sorted() == bench.files)
        lane.close()
        _ = try drain.drainOnce()
        #expect(bench.files.isEmpty)
        #expect(bench.store.positions.isEmpty)
        #expect(bench.store.spans.map(\.requestModel) == (0..<50).map { "m\($0)" })
    }

    @Test func anEntryLargerThanASegmentStandsAlone() throws {
        let bench = Bench { $0.segmentBytes = 500 }
        let backlog = bench.backlog()
        let lane = try bench.lane(backlog)
        let drain = bench.drain(backlog)
        try lane.append(span(1), request: String(repeating: "x", count: 3_000_000))
        try lane.append(span(2))
        #expect(bench.files.count == 2)
        while try drain.drainOnce().spans > 0 {}
        #expect(bench.store.spans.count == 2)
    }

    @Test func theBoundHoldsUntilSomeRoomIsFree() throws {
        let bench = Bench {
            $0.maximumBacklogBytes = 64_000
            $0.batchSpans = 1
        }
        let backlog = bench.backlog()
        let lane = try bench.lane(backlog)
        let drain = bench.drain(backlog)
        var number: UInt64 = 0
        while !backlog.isOverLimit {
            #expect(backlog.bytes <= 63_000)
            try lane.append(span(number))
            number += 1
        }
        #expect(backlog.bytes > 63_000)
        var sawBetween = false
        while backlog.isOverLimit {
            #expect(backlog.bytes >= 62_000)
            sawBetween = sawBetween || backlog.bytes <= 63_000
            _ = try drain.drainOnce()
        }
        #expect(backlog.bytes < 62_000)
        #expect(sawBetween)
        try lane.append(span(number))
        #expect(!backlog.isOverLimit)
    }

    @Test func batchesAreBoundedByCountAndByBytes() throws {
        let bench = Bench {
            $0.batchSpans = 7
            $0.batchBytes = 20_000
        }
        let backlog = bench.backlog()
        let lane = try bench.lane(backlog)
        let drain = bench.drain(backlog)
        for number in 0..<15 as Range<UInt64> { try lane.append(span(number)) }
        for number in 15..<20 as Range<UInt64> {
            try lane.append(span(number), request: String(repeating: "x", count: 15_000))
        }
        while try drain.drainOnce().isFull {}
        #expect(bench.store.read { $0.batches } == [7, 7, 3, 2, 1])
    }

    @Test func lanesShareTheWork() throws {
        let bench = Bench()
        let backlog = bench.backlog()
        let lanes = [try bench.lane(backlog, 0), try bench.lane(backlog, 1)]
        let drain = bench.drain(backlog)
        for number in 0..<100 as Range<UInt64> { try lanes[Int(number % 2)].append(span(number)) }
        while try drain.drainOnce().spans > 0 {}
        #expect(Set(bench.store.spans.map(\.id)).count == 100)
    }

    @Test func aClosedLaneRefuses() throws {
        let bench = Bench()
        let lane = try bench.lane(bench.backlog())
        lane.close()
        #expect(throws: JournalError.closed) { try lane.append(span(1)) }
    }

    @Test func aFolderThatCannotBeMadeSaysWhatToDo() throws {
        let bench = Bench()
        let error = #expect(throws: JournalError.self) {
            try JournalLane(directory: "/dev/null/data", lane: 0, backlog: bench.backlog())
        }
        #expect(error?.code == "journal_system")
        #expect(error?.description.contains("/dev/null/data") == true)
    }

    @Test func aBodyBeyondTheFormatIsCutAndMarked() throws {
        let bench = Bench()
        let backlog = bench.backlog()
        let lane = try bench.lane(backlog)
        let huge = [UInt8](repeating: 0x20, count: 25 << 20)
        try huge.withUnsafeBytes { try lane.append(span(1), requestBody: $0, responseBody: $0) }
        let drain = bench.drain(backlog)
        #expect(try drain.drainOnce().spans == 1)
        #expect(bench.store.spans.map(\.truncated) == [true])
    }

    @Test func aRecordBeyondTheFormatIsRefusedAndTheLaneGoesOn() throws {
        let bench = Bench()
        let backlog = bench.backlog()
        let lane = try bench.lane(backlog)
        var huge = span(1)
        huge.errorMessage = String(repeating: "x", count: 65 << 20)
        let error = #expect(throws: JournalError.self) { try lane.append(huge) }
        #expect(error?.code == "journal_entry_too_large")
        try lane.append(span(2))
        let drain = bench.drain(backlog)
        #expect(try drain.drainOnce().spans == 1)
    }
}
