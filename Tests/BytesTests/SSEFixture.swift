import Bytes

/// What a framer handed over, kept.
struct ReadEvent: Equatable, CustomStringConvertible {
    var name: String
    var data: String
    var description: String { "\(name)|\(data.debugDescription)" }

    init(name: String = "", data: String) {
        self.name = name
        self.data = data
    }

    init(_ event: SSEEvent) {
        self.init(name: text(Array(event.name)), data: text(Array(event.data)))
    }
}

/// All events of `chunks`; what follows the last blank line is left out, as the standard says.
func events(of chunks: some Sequence<ArraySlice<UInt8>>, limit: Int = 1 << 20) throws -> [ReadEvent] {
    var framer = SSEFramer(maximumEventBytes: limit)
    var events: [ReadEvent] = []
    for chunk in chunks {
        // A buffer of its own, so that nothing of a neighbouring chunk can be read by mistake.
        try Array(chunk).withUnsafeBytes { bytes in
            try framer.feed(bytes) { events.append(ReadEvent($0)) }
        }
    }
    return events
}

enum SSEFixture {
    /// A mark, comments, all line ends, fields without value or space, many data lines, other fields, no end.
    static let bytes: [UInt8] = [
        "\u{FEFF}: hello\n\n", "event: first\r\ndata: {\"a\":1}\r\n\r\n", ": ping\r",
        "data:x\rdata\rdata:  two\r\r", "id: 7\nretry: 10\n\n", "event: dropped\n\n",
        "data: é漢😀\n: inside\n\n", "\n\n\r", "data:\n\n", "data\n\n",
        "event\nevent:late\nevent:later\ndata: z\n\n", "datax: no\nevents: no\n data: no\n\n",
        "data: \u{FEFF}mark\r\n\r\n", "\r\n:only\r\n\r\n", "data: end\n\n", "data: cut off",
    ].flatMap(\.utf8)

    static let events = [
        ReadEvent(name: "first", data: "{\"a\":1}"), ReadEvent(data: "x\n\n two"), ReadEvent(data: "é漢😀"),
        ReadEvent(data: ""), ReadEvent(data: ""), ReadEvent(name: "later", data: "z"),
        ReadEvent(data: "\u{FEFF}mark"), ReadEvent(data: "end"),
    ]
}
