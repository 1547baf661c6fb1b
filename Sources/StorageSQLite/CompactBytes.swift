import Vocabulary

/// Appends values to the compact blobs of a span's details: LEB128 numbers, length-prefixed UTF-8, 16-byte ids.
struct CompactWriter {
    var bytes: [UInt8] = []

    mutating func unsigned(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Zigzag, so that small negative numbers stay short.
    mutating func signed(_ value: Int64) {
        unsigned(UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            unsigned(UInt64(utf8.count))
            bytes.append(contentsOf: utf8)
        }
    }

    mutating func id(_ id: ID128) {
        withUnsafeBytes(of: (id.high.bigEndian, id.low.bigEndian)) { bytes.append(contentsOf: $0) }
    }
}

/// Reads what `CompactWriter` wrote. Every call gives `nil` where the bytes end early or make no sense.
struct CompactReader {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    /// The bytes must stay alive while the reader is used.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func unsigned() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard offset < bytes.count else { return nil }
            let byte = bytes[offset]
            offset += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }

    mutating func signed() -> Int64? {
        unsigned().map { Int64(bitPattern: $0 >> 1) ^ -Int64($0 & 1) }
    }

    /// A number of things that follow, each of at least `each` bytes: never more than the bytes can hold.
    mutating func count(each: Int) -> Int? {
        guard let value = unsigned(), value <= UInt64((bytes.count - offset) / each) else { return nil }
        return Int(value)
    }

    mutating func string() -> String? {
        guard let count = count(each: 1) else { return nil }
        defer { offset += count }
        return String(decoding: bytes[offset..<offset + count], as: UTF8.self)
    }

    mutating func id() -> ID128? {
        guard bytes.count - offset >= 16 else { return nil }
        defer { offset += 16 }
        let high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        let low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
        return ID128(high: high, low: low)
    }
}
