import Telemetry
import Testing
import Vocabulary

/// The pipeline with its threads; everything is settled by `stop`.
@Suite struct PipelineTests {
    @Test func stopStoresWhatIsLeftAndEmptiesTheJournal() throws {
        let bench = Bench()
        let backlog = bench.backlog()
        let tail = LiveTail(bufferedSpans: 1_000)
        let stream = tail.subscribe()
        let pipeline = bench.pipeline(backlog) { tail.publish($0) }
        _ = try pipeline.replay()
        pipeline.start()
        let lanes = [try bench.lane(backlog, 0), try bench.lane(backlog, 1)]
        for number in 0..<500 as Range<UInt64> { try lanes[Int(number % 2)].append(span(number)) }
        lanes.forEach { $0.close() }
        pipeline.stop()
        #expect(Set(bench.store.spans.map(\.id)).count == 500)
        #expect(bench.files.isEmpty)
        #expect(pipeline.health.storedSpans == 500)
        #expect(pipeline.health.backlogBytes == 0)
        #expect(pipeline.health.segments == 0)
        withExtendedLifetime(stream) { #expect(tail.dropped == 0) }
    }

    @Test func aFailingStoreShowsInHealthAndNothingIsLost() throws {
        let bench = Bench()
        let backlog = bench.backlog()
        let pipeline = bench.pipeline(backlog)
        bench.store.change { $0.failuresToCome = 3 }
        pipeline.start()
        let lane = try bench.lane(backlog)
        try lane.append(span(1))
        lane.close()
        pipeline.stop()
        #expect(bench.store.spans.count == 1)
        #expect(pipeline.health.lastError?.contains("disk I/O error") == true)
        #expect(pipeline.health.lastErrorAt == 1_700_000_000_000_000)
        #expect(pipeline.health.failuresInARow == 0)
    }

    @Test func aStoreThatNeverRecoversDoesNotHoldUpTheEnd() throws {
        let bench = Bench { $0.stopDeadline_ms = 0 }
        bench.store.change { $0.failuresToCome = .max }
        let backlog = bench.backlog()
        let pipeline = RecordPipeline(
            directory: bench.directory, store: bench.store, backlog: backlog, limits: bench.limits, time: TickingTime(),
            onStored: { _ in })
        pipeline.start()
        let lane = try bench.lane(backlog)
        try lane.append(span(1))
        lane.close()
        pipeline.stop()
        #expect(pipeline.health.backlogBytes > 0)
        bench.store.change { $0.failuresToCome = 0 }
        #expect(try bench.replay().spans == 1)
    }
}
