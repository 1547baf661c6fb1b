/// Turns a reply and a fault into a plan: a pure function.
struct PlanBuilder {
    /// Between the last bytes and a reset, so that the peer's kernel hands the bytes on before it sees the RST.
    static let resetPause = 20_000
    /// Between the events of an endless stream that names no delay: fast, but not a busy loop.
    static let endlessPause = 10_000

    private let fault: Fault
    private let reply: Reply
    private var steps: [AnswerPlan.Step] = []

    static func plan(_ reply: Reply, _ fault: Fault, dialect: Dialect) -> AnswerPlan {
        var builder = PlanBuilder(fault: fault, reply: reply)
        builder.build(dialect)
        return AnswerPlan(
            status: reply.status, headers: reply.headers,
            contentType: reply.isStream ? reply.framing.contentType : "application/json",
            steps: builder.steps, isStream: reply.isStream, closesAfterEnd: fault.closeAfterResponse
        )
    }

    private init(fault: Fault, reply: Reply) {
        self.fault = fault
        self.reply = reply
    }

    private mutating func build(_ dialect: Dialect) {
        if let delay = fault.firstByteDelay { steps.append(.wait(delay)) }
        if stops(at: .beforeFirstByte) { return }
        switch reply.body {
        case .whole(let bytes): buildWhole(fault.malformedJSON ? Array(bytes[..<(bytes.count / 2)]) : bytes)
        case .events(let events): buildStream(EventShaping.shaped(events, fault, dialect, reply.framing))
        }
    }

    private mutating func buildWhole(_ bytes: [UInt8]) {
        steps.append(.head(length: bytes.count))
        if let delay = fault.firstEventDelay { steps += [.flush, .wait(delay)] }
        if stops(at: .afterFirstByte, after: bytes.prefix(1)) { return }
        if stops(at: .halfway, after: bytes[..<(bytes.count / 2)]) { return }
        write(bytes)
        if !stops(within: 1...Int.max) { steps.append(.end) }
    }

    private mutating func buildStream(_ events: [EventShaping.Shaped]) {
        steps += [.head(length: nil), .flush]
        let lastContent = events.lastIndex { $0.role == .content }
        for (index, event) in events.enumerated() {
            pause(before: index)
            if index == 0, stops(at: .afterFirstByte, after: event.bytes.prefix(1)) { return }
            let start = steps.count
            write(event.bytes)
            if stops(after: index + 1, of: events.count) { return }
            if fault.endless, index == lastContent { return loop(to: start) }
        }
        steps.append(.end)
    }

    private mutating func pause(before index: Int) {
        guard let delay = index == 0 ? fault.firstEventDelay : fault.chunkDelay else { return }
        steps += [.flush, .wait(delay)]
    }

    private mutating func write(_ bytes: [UInt8]) {
        guard let size = fault.split, size < bytes.count else { return steps.append(.bytes(bytes)) }
        for start in stride(from: 0, to: bytes.count, by: size) {
            steps += [.bytes(Array(bytes[start..<min(start + size, bytes.count)])), .flush]
        }
    }

    private mutating func loop(to start: Int) {
        steps += [.flush, .wait(fault.chunkDelay ?? Self.endlessPause), .jump(start)]
    }

    /// Ends the plan after so many events if a fault says so. A position beyond the stream's end means its end.
    private mutating func stops(after count: Int, of total: Int) -> Bool {
        if count == max(1, total / 2), stops(at: .halfway) { return true }
        return stops(within: count...(count == total ? Int.max : count))
    }

    private mutating func stops(within counts: ClosedRange<Int>) -> Bool {
        for case .afterChunks(let count)? in [fault.reset, fault.truncate, fault.hang] where counts.contains(count) {
            return stops(at: .afterChunks(count))
        }
        return false
    }

    /// Ends the plan at `position` if a fault says so, after `bytes`; true if it did.
    private mutating func stops(at position: FaultPosition, after bytes: ArraySlice<UInt8> = []) -> Bool {
        guard let terminal = terminal(at: position) else { return false }
        if !bytes.isEmpty { steps.append(.bytes(Array(bytes))) }
        steps += terminal
        return true
    }

    private func terminal(at position: FaultPosition) -> [AnswerPlan.Step]? {
        if fault.reset == position { return [.flush, .wait(Self.resetPause), .reset] }
        if fault.truncate == position { return [.flush, .close] }
        return fault.hang == position ? [.flush, .hang] : nil
    }
}
