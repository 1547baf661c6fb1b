/// An answer as a dialect writes it, before faults shape it.
struct Reply {
    enum Body {
        /// A JSON text.
        case whole([UInt8])
        /// Server-sent events.
        case events([StreamEvent])
    }

    /// How events are cut out of a stream's bytes.
    enum Framing {
        case serverSentEvents
        /// Amazon's binary messages; an event whose name ends in `Exception` is one.
        case amazonEventStream
        /// One JSON array that grows, as Gemini streams without `alt=sse`.
        case jsonArray

        var contentType: String {
            switch self {
            case .serverSentEvents: "text/event-stream; charset=utf-8"
            case .amazonEventStream: "application/vnd.amazon.eventstream"
            case .jsonArray: "application/json; charset=utf-8"
            }
        }
    }

    var status = 200
    var headers: [(String, String)] = []
    var body: Body
    var framing = Framing.serverSentEvents

    static func json(_ text: JSONText, status: Int = 200) -> Reply { Reply(status: status, body: .whole(text.bytes)) }

    var isStream: Bool {
        if case .events = body { true } else { false }
    }
}

/// One server-sent event.
struct StreamEvent {
    enum Role {
        /// Comes once, before the content.
        case opening
        /// Carries a fragment of the answer; an endless stream repeats the last of these.
        case content
        /// Comes once, after the content.
        case closing
        /// Tells the client that the stream is complete; left out by `no-done`.
        case last
    }

    /// Empty for events without a name.
    var name = ""
    var data: [UInt8]
    var role: Role

    init(_ name: String = "", _ data: JSONText, _ role: Role) {
        self.name = name
        self.data = data.bytes
        self.role = role
    }
}
