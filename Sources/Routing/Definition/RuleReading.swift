import Bytes

extension StatusSet {
    /// An array of codes (`429`), classes (`"5xx"`) and ranges (`"500-504"`).
    init(_ reader: RouteReader) throws(RouteFault) {
        self.init(try reader.elements().mapped { element throws(RouteFault) in try Self.range(element) })
    }

    private static func range(_ reader: RouteReader) throws(RouteFault) -> ClosedRange<Int> {
        if let code = reader.view.int64, 100...599 ~= code { return Int(code)...Int(code) }
        let parts = (reader.view.string ?? "").split(separator: "-").compactMap { Int($0) }
        if parts.count == 2, 100...599 ~= parts[0], parts[0]...599 ~= parts[1] { return parts[0]...parts[1] }
        if let text = reader.view.string?.lowercased(), text.count == 3, text.hasSuffix("xx"),
            let digit = text.first?.wholeNumberValue, 1...5 ~= digit
        {
            return digit * 100...digit * 100 + 99
        }
        throw reader.fault("A status is expected here: a code such as 429, a class \"5xx\" or a range \"500-504\".")
    }

    func write(to writer: inout JSONWriter) {
        writer.beginArray()
        for range in ranges {
            if range.count == 1 {
                writer.int(range.lowerBound)
            } else {
                writer.string("\(range.lowerBound)-\(range.upperBound)")
            }
        }
        writer.endArray()
    }
}

extension RetryRules {
    private static let keys = [
        "attempts", "on", "on_status", "backoff", "maximum_backoff", "jitter", "retry_after", "maximum_retry_after",
    ]

    init(_ reader: RouteReader) throws(RouteFault) {
        self.init(attempts: 2)
        if let count = reader.view.int64 {
            guard 0...Int64(Self.mostAttempts) ~= count else {
                throw reader.fault("At most \(Self.mostAttempts) retries are made. Write a number from 0 to that.")
            }
            attempts = Int(count)
            return
        }
        let members = try RouteMembers(reader, only: Self.keys)
        attempts = Int(
            try members["attempts"].mapped { member throws(RouteFault) in
                try member.int(0...Int64(Self.mostAttempts))
            } ?? 2
        )
        if let causes = members["on"] {
            on = Set(
                try causes.elements().mapped { cause throws(RouteFault) in try cause.choice(FailureKind.self) }
            )
        }
        statuses = try members["on_status"].mapped { member throws(RouteFault) in try StatusSet(member) }
        backoffBase = try members["backoff"]?.duration() ?? backoffBase
        backoffMaximum = try members["maximum_backoff"]?.duration() ?? max(backoffMaximum, backoffBase)
        jitter = try members["jitter"]?.double(0...1) ?? jitter
        usesRetryAfter = try members["retry_after"]?.bool() ?? usesRetryAfter
        maximumRetryAfter = try members["maximum_retry_after"]?.duration() ?? maximumRetryAfter
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("attempts")
        writer.int(attempts)
        writer.key("on")
        writer.beginArray()
        for kind in FailureKind.allCases where on.contains(kind) { writer.string(kind.rawValue) }
        writer.endArray()
        writer.member("on_status", statuses) { $1.write(to: &$0) }
        writer.member("backoff", duration: backoffBase)
        writer.member("maximum_backoff", duration: backoffMaximum)
        writer.key("jitter")
        writer.double(jitter)
        writer.key("retry_after")
        writer.bool(usesRetryAfter)
        writer.member("maximum_retry_after", duration: maximumRetryAfter)
        writer.endObject()
    }
}

extension AttemptTimeouts {
    init(_ reader: RouteReader) throws(RouteFault) {
        let members = try RouteMembers(reader, only: ["connect", "first_byte", "first_token", "chunk_stall", "total"])
        self.init(
            connect: try members["connect"]?.duration(), firstByte: try members["first_byte"]?.duration(),
            firstToken: try members["first_token"]?.duration(), chunkStall: try members["chunk_stall"]?.duration(),
            total: try members["total"]?.duration()
        )
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("connect", duration: connect)
        writer.member("first_byte", duration: firstByte)
        writer.member("first_token", duration: firstToken)
        writer.member("chunk_stall", duration: chunkStall)
        writer.member("total", duration: total)
        writer.endObject()
    }
}

extension ParameterEdits {
    init(_ reader: RouteReader) throws(RouteFault) {
        let members = try RouteMembers(reader, only: ["defaults", "overrides", "drop"])
        self.init(
            defaults: try members["defaults"].mapped(Self.members) ?? [],
            overrides: try members["overrides"].mapped(Self.members) ?? [], drops: try members["drop"]?.names() ?? []
        )
    }

    /// An object's members with their values as text.
    static func members(_ reader: RouteReader) throws(RouteFault) -> [Member] {
        guard reader.view.kind == .object else { throw reader.fault("An object is expected here.") }
        return reader.view.members.map { Member($0.string, json: String(decoding: $1.raw, as: UTF8.self)) }
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        Self.write("defaults", defaults, to: &writer)
        Self.write("overrides", overrides, to: &writer)
        writer.member("drop", names: drops)
        writer.endObject()
    }

    private static func write(_ name: StaticString, _ members: [Member], to writer: inout JSONWriter) {
        guard !members.isEmpty else { return }
        writer.key(name)
        writer.beginObject()
        for member in members {
            writer.key(member.name)
            writer.raw(Array(member.json.utf8))
        }
        writer.endObject()
    }
}
