/// The lines of one event so far. Offsets count from the event's first byte, so they outlive a move of the bytes.
struct SSEBlock {
    /// Where the line begins that is not complete yet.
    var lineStart = 0
    /// True once a line was read that is neither blank nor a comment.
    private(set) var hasFields = false
    private var isFirstLineOfStream = true
    private var name = 0..<0
    private var data = 0..<0
    private var dataLines = 0
    /// The data of events with two data lines or more.
    private var joined: [UInt8] = []

    /// Reads a line, given without its line break; true if it was blank.
    @discardableResult
    @inline(__always)
    mutating func readLine(_ base: UnsafeRawPointer, _ line: Range<Int>) -> Bool {
        var start = line.lowerBound
        if isFirstLineOfStream {
            isFirstLineOfStream = false
            if line.count >= 3, base.byte(start) == 0xEF, base.byte(start + 1) == 0xBB, base.byte(start + 2) == 0xBF {
                start += 3
            }
        }
        let end = line.upperBound
        if start == end { return true }
        if base.byte(start) == ASCII.colon { return false }
        hasFields = true
        // "data" as a little-endian word
        if end &- start >= 4, base.word32(start) == 0x6174_6164 {
            if let value = Self.value(base, start &+ 4, end) { addData(base, value) }
        } else if end &- start >= 5, base.word32(start) == 0x6E65_7665, base.byte(start &+ 4) == 0x74 {
            if let value = Self.value(base, start &+ 5, end) { name = value }
        }
        return false
    }

    /// Hands over the event that a blank line completes, unless it has no data.
    @inline(__always)
    func deliver(_ base: UnsafeRawPointer, endsAt: Int, to onEvent: (SSEEvent) throws -> Void) rethrows {
        if dataLines == 1 {
            try onEvent(SSEEvent(name: base.slice(name), data: base.slice(data), endsAt: endsAt))
        } else if dataLines > 1 {
            try joined.withUnsafeBytes { joined in
                try onEvent(SSEEvent(name: base.slice(name), data: joined, endsAt: endsAt))
            }
        }
    }

    /// Forgets the event, not the stream.
    @inline(__always)
    mutating func startNext() {
        lineStart = 0
        hasFields = false
        name = 0..<0
        dataLines = 0
        if !joined.isEmpty { joined.removeAll(keepingCapacity: false) }
    }

    private mutating func addData(_ base: UnsafeRawPointer, _ value: Range<Int>) {
        dataLines += 1
        if dataLines == 1 {
            data = value
            return
        }
        if dataLines == 2 { joined.append(contentsOf: base.slice(data)) }
        joined.append(ASCII.lineFeed)
        joined.append(contentsOf: base.slice(value))
    }

    /// The value of a field whose name ends at `nameEnd`; `nil` if the name goes on there.
    @inline(__always)
    private static func value(_ base: UnsafeRawPointer, _ nameEnd: Int, _ end: Int) -> Range<Int>? {
        if nameEnd == end { return end..<end }
        guard base.byte(nameEnd) == ASCII.colon else { return nil }
        let start = nameEnd &+ 1
        return start < end && base.byte(start) == ASCII.space ? start &+ 1..<end : start..<end
    }
}
