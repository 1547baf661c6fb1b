/// Cuts a stream of server-sent events into the data of each. Comments, ids and names are dropped: one stream of the
/// control API has one kind of event.
struct EventStreamParser {
    /// A summary is a few KiB; an event this large is no event of ours.
    static let maximumEventBytes = 16 << 20

    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var lastWasCR = false

    /// Takes in the next bytes and gives the events that they complete. Throws where an event grows beyond its bound.
    mutating func feed(_ bytes: some Sequence<UInt8>) throws(SignalboxError) -> [[UInt8]] {
        var events: [[UInt8]] = []
        for byte in bytes {
            defer { lastWasCR = byte == UInt8(ascii: "\r") }
            switch byte {
            case UInt8(ascii: "\n") where lastWasCR: continue
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if let event = endLine() { events.append(event) }
            default: line.append(byte)
            }
            guard line.count + data.count <= Self.maximumEventBytes else {
                throw SignalboxError(status: 0, code: "invalid_answer", message: "An event of the stream is too large.")
            }
        }
        return events
    }

    /// Takes in a line; gives the event that an empty one ends.
    private mutating func endLine() -> [UInt8]? {
        defer { line.removeAll(keepingCapacity: true) }
        if line.isEmpty {
            defer { (data, hasData) = ([], false) }
            return hasData ? data : nil
        }
        let field = Array("data:".utf8)
        guard line.starts(with: field) else { return nil }
        if hasData { data.append(UInt8(ascii: "\n")) }
        let value = line.dropFirst(field.count)
        data += value.first == UInt8(ascii: " ") ? value.dropFirst() : value
        hasData = true
        return nil
    }
}
