import Telemetry
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(1))) struct LiveTailTests {
    @Test func everyWatcherSeesEverySpan() async {
        let tail = LiveTail()
        let streams = [tail.subscribe(), tail.subscribe()]
        tail.publish([span(1), span(2)])
        tail.publish([span(3)])
        tail.finish()
        for stream in streams { #expect(await models(stream) == ["m1", "m2", "m3"]) }
        #expect(tail.dropped == 0)
    }

    @Test func aSlowWatcherMissesTheOldest() async {
        let tail = LiveTail(bufferedSpans: 3)
        let stream = tail.subscribe()
        tail.publish((1...10).map { span($0) })
        tail.finish()
        #expect(await models(stream) == ["m8", "m9", "m10"])
        #expect(tail.dropped == 7)
    }

    @Test func oneTooManyGetsAStreamThatEnds() async {
        let tail = LiveTail(maximumSubscribers: 1)
        let first = tail.subscribe()
        let second = tail.subscribe()
        #expect(await models(second).isEmpty)
        #expect(tail.subscribers == 1)
        tail.publish([span(1)])
        tail.finish()
        #expect(await models(first) == ["m1"])
    }

    @Test func aWatcherThatLeavesIsForgotten() async {
        let tail = LiveTail()
        var stream: AsyncStream<SpanRecord>? = tail.subscribe()
        #expect(tail.subscribers == 1)
        withExtendedLifetime(stream) {}
        stream = nil
        #expect(tail.subscribers == 0)
    }

    private func models(_ stream: AsyncStream<SpanRecord>) async -> [String] {
        var models: [String] = []
        for await span in stream { models.append(span.requestModel) }
        return models
    }
}
