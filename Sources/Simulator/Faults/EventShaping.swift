/// Writes events as bytes, with the faults that change the bytes themselves.
enum EventShaping {
    struct Shaped {
        var bytes: [UInt8]
        var role: StreamEvent.Role
    }

    static func shaped(_ events: [StreamEvent], _ fault: Fault, _ dialect: Dialect) -> [Shaped] {
        var events = events
        if let position = fault.errorEvent {
            events = Array(events.prefix(count(position, of: events.count))) + [dialect.errorEvent]
        }
        if fault.noDone { events.removeAll { $0.role == .last } }
        return events.enumerated().map { index, event in
            let isMalformed = fault.malformedJSON || fault.malformedEvent == index + 1
            return Shaped(bytes: bytes(event, fault, isMalformed: isMalformed), role: event.role)
        }
    }

    private static func count(_ position: FaultPosition, of total: Int) -> Int {
        switch position {
        case .beforeFirstByte, .afterFirstByte: 0
        case .afterChunks(let count): min(count, total)
        case .halfway: total / 2
        }
    }

    private static func bytes(_ event: StreamEvent, _ fault: Fault, isMalformed: Bool) -> [UInt8] {
        let newline: [UInt8] = fault.crlf ? [13, 10] : fault.cr ? [13] : [10]
        var bytes: [UInt8] = []
        bytes.reserveCapacity(event.data.count + event.name.utf8.count + 32)
        if fault.comments { bytes += Array(": keep-alive".utf8) + newline + newline }
        if !event.name.isEmpty { bytes += Array("event: \(event.name)".utf8) + newline }
        bytes += "data: ".utf8
        bytes += isMalformed ? event.data[..<(event.data.count / 2)] : event.data[...]
        return bytes + newline + newline
    }
}
