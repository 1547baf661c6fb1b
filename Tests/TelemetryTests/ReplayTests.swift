import Telemetry
import Testing
import Vocabulary

/// What a new process does with the journal of one that was killed.
@Suite struct ReplayTests {
    @Test func everythingWrittenIsStoredInOrderAndTheJournalIsEmptied() throws {
        let bench = Bench { $0.segmentBytes = 1_000 }
        try bench.writeAndDie(0..<30)
        try bench.writeAndDie(30..<40)
        let report = try bench.replay()
        #expect(report.spans == 40)
        #expect(report.damage.isEmpty && report.tornTails.isEmpty)
        #expect(bench.store.spans.map(\.requestModel) == (0..<40).map { "m\($0)" })
        #expect(bench.files.isEmpty)
        #expect(bench.store.positions.isEmpty)
        #expect(try bench.replay().spans == 0)
    }

    @Test func aTailTornAtAnyByteIsIgnored() throws {
        let bench = Bench()
        try bench.writeAndDie(0..<3)
        let file = try #require(bench.files.first)
        let whole = bench.contents(of: file)
        let entry = (whole.count - 24) / 3
        for length in (whole.count - entry)..<whole.count {
            let bench = Bench()
            try bench.writeAndDie(9..<10)  // makes the folder
            _ = try bench.replay()
            bench.replace(file, with: Array(whole.prefix(length)))
            let report = try bench.replay()
            #expect(bench.store.spans.map(\.requestModel) == ["m9", "m0", "m1"])
            #expect(report.damage.isEmpty)
            #expect(report.tornTails.count == (length == whole.count - entry ? 0 : 1))
            #expect(bench.files.isEmpty)
        }
    }

    @Test func aHeaderThatWasNotFinishedIsNoDamage() throws {
        let bench = Bench()
        try bench.writeAndDie(0..<1)
        let file = try #require(bench.files.first)
        bench.replace(file, with: Array(bench.contents(of: file).prefix(23)))
        #expect(try bench.replay() == ReplayReport())
        #expect(bench.files.isEmpty)
    }

    @Test func zerosBehindTheEndAreATornTail() throws {
        let bench = Bench()
        try bench.writeAndDie(0..<2)
        let file = try #require(bench.files.first)
        bench.replace(file, with: bench.contents(of: file) + [UInt8](repeating: 0, count: 4_096))
        let report = try bench.replay()
        #expect(report.spans == 2)
        #expect(report.tornTails.map(\.bytes) == [4_096])
        #expect(report.damage.isEmpty)
    }

    /// Wherever a byte is hit, only that record is lost, the loss is reported, and the file is kept.
    @Test func damageInTheMiddleLosesOneRecordLoudly() throws {
        let original = Bench()
        try original.writeAndDie(0..<3)
        let file = try #require(original.files.first)
        let whole = original.contents(of: file)
        let entry = (whole.count - 24) / 3
        for offset in (24 + entry)..<(24 + 2 * entry) {
            let bench = Bench()
            try bench.writeAndDie(9..<10)
            _ = try bench.replay()
            var bytes = whole
            bytes[offset] ^= 0x10
            bench.replace(file, with: bytes)
            let report = try bench.replay()
            #expect(bench.store.spans.map(\.requestModel) == ["m9", "m0", "m2"])
            #expect(report.damage.map(\.bytes) == [UInt64(entry)])
            #expect(report.damage.first?.offset == UInt64(24 + entry))
            #expect(bench.files == ["\(file).damaged"])
            #expect(report.description.contains("DAMAGE"))
        }
    }

    @Test func aCutSegmentThatIsNotTheLastOneIsDamage() throws {
        let bench = Bench()
        try bench.writeAndDie(0..<2)
        let file = try #require(bench.files.first)
        try bench.writeAndDie(2..<3)
        bench.replace(file, with: bench.contents(of: file).dropLast(1))
        let report = try bench.replay()
        #expect(report.spans == 2)
        #expect(report.damage.count == 1 && report.tornTails.isEmpty)
        #expect(bench.files == ["\(file).damaged"])
    }

    @Test func aDamagedHeaderSetsTheFileAside() throws {
        let bench = Bench()
        try bench.writeAndDie(0..<2)
        let file = try #require(bench.files.first)
        var bytes = bench.contents(of: file)
        bytes[17] ^= 1
        bench.replace(file, with: bytes)
        let report = try bench.replay()
        #expect(report.damage.map(\.reason) == [.header])
        #expect(bench.files == ["\(file).damaged"])
    }

    /// A caller can put the bytes of an entry into a body, but not those that fit the segment's salt.
    @Test func anEntryInsideABodyIsNeverTakenForOne() throws {
        let victim = Bench()
        try victim.writeAndDie(666..<667)
        let forged = victim.contents(of: try #require(victim.files.first)).dropFirst(24)
        let bench = Bench()
        let backlog = bench.backlog()
        let lane = try bench.lane(backlog)
        try Array(forged).withUnsafeBytes { body in
            try lane.append(span(1), requestBody: body, responseBody: .init(start: nil, count: 0))
        }
        lane.close()
        let file = try #require(bench.files.first)
        bench.replace(file, with: bench.contents(of: file).dropLast(1))
        let report = try bench.replay()
        #expect(report.spans == 0)
        #expect(report.tornTails.count == 1)
    }

    @Test func aNewProcessNeverAppendsToAnOldSegment() throws {
        let bench = Bench()
        try bench.writeAndDie(0..<1)
        let before = bench.files.map { bench.contents(of: $0) }
        try bench.writeAndDie(1..<2)
        #expect(bench.files.count == 2)
        #expect(bench.contents(of: bench.files[0]) == before[0])
    }

    @Test func aJournalOfANewerVersionStopsTheStart() throws {
        let bench = Bench()
        try bench.writeAndDie(0..<1)
        let file = try #require(bench.files.first)
        var bytes = bench.contents(of: file)
        bytes[6] = 2
        let sum = checksum(Array(bytes.prefix(20)))
        for index in 0..<4 { bytes[20 + index] = UInt8(truncatingIfNeeded: sum >> (8 * UInt32(index))) }
        bench.replace(file, with: bytes)
        let error = #expect(throws: JournalError.self) { try bench.replay() }
        #expect(error?.code == "journal_incompatible")
        #expect(bench.files == [file])
    }

    @Test func twoProcessesCannotShareAJournal() throws {
        let bench = Bench()
        let first = bench.pipeline(bench.backlog())
        _ = try first.replay()
        let error = #expect(throws: JournalError.self) { try bench.replay() }
        #expect(error?.code == "journal_busy")
        first.stop()
        _ = try bench.replay()
    }

    @Test func positionsOfFilesThatAreGoneAreForgotten() throws {
        let bench = Bench()
        bench.store.change { $0.positions["0-00000000000000000001.log"] = 77 }
        try bench.writeAndDie(0..<1)
        #expect(try bench.replay().spans == 1)
        #expect(bench.store.positions.isEmpty)
    }
}
