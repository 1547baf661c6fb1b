import Foundation

private enum Outcome: Equatable {
    case events([[UInt8]], held: [UInt8], isIncomplete: Bool)
    case tooLarge([[UInt8]])
}

/// The first bytes say where to cut; the events must be those of the uncut stream, the limit included.
func eventsDoNotDependOnTheSplit(_ input: [UInt8]) {
    guard input.count > 4 else { return }
    let stream = Array(input[4...])
    let limit = Int(input[0]) + 1
    let whole = outcome(of: stream, cuts: [], limit: limit)
    let cuts = input[1..<4].map { Int($0) % (stream.count + 1) }.sorted()
    require(outcome(of: stream, cuts: cuts, limit: limit) == whole, "another split gives other events")
    require(outcome(of: stream, cuts: Array(1..<max(stream.count, 1)), limit: limit) == whole, "single bytes differ")
}

private func outcome(of stream: [UInt8], cuts: [Int], limit: Int) -> Outcome {
    var framer = SSEFramer(maximumEventBytes: limit)
    var events: [[UInt8]] = []
    var start = 0
    for end in cuts + [stream.count] {
        let chunk = Array(stream[start..<end])
        let before = events.count
        do {
            try chunk.withUnsafeBytes { buffer in
                var previousEnd = 0
                try framer.feed(buffer) { event in
                    require(
                        event.endsAt > previousEnd && event.endsAt <= chunk.count, "an event ends in the wrong place")
                    previousEnd = event.endsAt
                    events.append(Array(event.name) + [0x0A] + Array(event.data))
                }
                require(framer.consumedInChunk >= previousEnd, "an event was not consumed")
            }
        } catch {
            return .tooLarge(events)
        }
        require(framer.consumedInChunk <= chunk.count && events.count >= before, "more consumed than fed")
        require(framer.heldBytes.count <= limit + 2, "more held than allowed")
        start = end
    }
    let held = framer.heldBytes
    return .events(events, held: held, isIncomplete: framer.finish())
}
