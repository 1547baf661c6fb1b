/// The headers of one message of an Amazon event stream that say what the message is; others are stepped over.
struct AmazonEventStreamHeaders {
    private(set) var kind = AmazonEventStreamMessage.Kind.event
    private(set) var name = UnsafeRawBufferPointer(start: nil, count: 0)
    private(set) var errorMessage = UnsafeRawBufferPointer(start: nil, count: 0)

    /// - Throws: `AmazonEventStreamError.malformed` if the headers do not fill `bytes` exactly.
    init(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while let length = rest.first {
            let key = try Self.cut(1 + Int(length), from: &rest)
            guard let type = rest.first else { throw AmazonEventStreamError.malformed }
            _ = try Self.cut(1, from: &rest)
            let value = try Self.value(type, from: &rest)
            if type == 7 { take(UnsafeRawBufferPointer(rebasing: key.dropFirst()), value) }
        }
    }

    private mutating func take(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        if sameBytes(key, ":message-type") {
            kind = sameBytes(value, "exception") ? .exception : sameBytes(value, "error") ? .error : .event
        } else if sameBytes(key, ":event-type") || sameBytes(key, ":exception-type") || sameBytes(key, ":error-code") {
            name = value
        } else if sameBytes(key, ":error-message") {
            errorMessage = value
        }
    }

    /// The bytes of a value, without the length before those that have one.
    private static func value(_ type: UInt8, from rest: inout UnsafeRawBufferPointer) throws -> UnsafeRawBufferPointer {
        switch type {
        case 0, 1: return try cut(0, from: &rest)  // true, false
        case 2: return try cut(1, from: &rest)
        case 3: return try cut(2, from: &rest)
        case 4: return try cut(4, from: &rest)
        case 5, 8: return try cut(8, from: &rest)  // long, timestamp
        case 6, 7:  // bytes, string
            let length = try cut(2, from: &rest)
            return try cut(Int(length[0]) << 8 | Int(length[1]), from: &rest)
        case 9: return try cut(16, from: &rest)  // UUID
        default: throw AmazonEventStreamError.malformed
        }
    }

    private static func cut(_ count: Int, from rest: inout UnsafeRawBufferPointer) throws -> UnsafeRawBufferPointer {
        guard count <= rest.count else { throw AmazonEventStreamError.malformed }
        let taken = UnsafeRawBufferPointer(rebasing: rest[..<count])
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        return taken
    }
}
