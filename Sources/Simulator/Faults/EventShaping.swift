import Bytes

/// Writes events as bytes, with the faults that change the bytes themselves.
enum EventShaping {
    struct Shaped {
        var bytes: [UInt8]
        var role: StreamEvent.Role
    }

    static func shaped(
        _ events: [StreamEvent], _ fault: Fault, _ dialect: Dialect, _ framing: Reply.Framing
    ) -> [Shaped] {
        var events = events
        if let position = fault.errorEvent {
            events = Array(events.prefix(count(position, of: events.count))) + [dialect.errorEvent]
        }
        if fault.noDone { events.removeAll { $0.role == .last } }
        return events.enumerated().map { index, event in
            let isMalformed = fault.malformedJSON || fault.malformedEvent == index + 1
            let data = isMalformed ? event.data[..<(event.data.count / 2)] : event.data[...]
            let bytes =
                switch framing {
                case .serverSentEvents: bytes(event.name, data, fault)
                case .amazonEventStream: message(event.name, data)
                case .jsonArray: element(data, isFirst: index == 0, isLast: index == events.count - 1)
                }
            return Shaped(bytes: bytes, role: event.role)
        }
    }

    private static func count(_ position: FaultPosition, of total: Int) -> Int {
        switch position {
        case .beforeFirstByte, .afterFirstByte: 0
        case .afterChunks(let count): min(count, total)
        case .halfway: total / 2
        }
    }

    private static func bytes(_ name: String, _ data: ArraySlice<UInt8>, _ fault: Fault) -> [UInt8] {
        let newline: [UInt8] = fault.crlf ? [13, 10] : fault.cr ? [13] : [10]
        var bytes: [UInt8] = []
        bytes.reserveCapacity(data.count + name.utf8.count + 32)
        if fault.comments { bytes += Array(": keep-alive".utf8) + newline + newline }
        if !name.isEmpty { bytes += Array("event: \(name)".utf8) + newline }
        bytes += "data: ".utf8
        bytes += data
        return bytes + newline + newline
    }

    private static func message(_ name: String, _ data: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        if name.hasSuffix("Exception") {
            AmazonEventStreamWriter.appendException(name, json: data, to: &bytes)
        } else {
            AmazonEventStreamWriter.appendEvent(name, json: data, to: &bytes)
        }
        return bytes
    }

    private static func element(_ data: ArraySlice<UInt8>, isFirst: Bool, isLast: Bool) -> [UInt8] {
        Array((isFirst ? "[" : ",\r\n").utf8) + data + Array((isLast ? "\n]\n" : "").utf8)
    }
}
