/// Why the bytes of an entry are no record, and where.
package struct RecordDecodingError: Error, Sendable, Equatable {
    /// What the bytes lack.
    package enum Reason: String, Sendable {
        case tooShort = "it ends early"
        case badNumber = "a number is out of range"
        case unknownName = "a name is not known to this version"
        case unknownVersion = "it was written by a newer version"
        case trailingBytes = "it has bytes left over"
    }
    package var reason: Reason
    /// Offset in the entry's payload, bytes.
    package var offset: Int

    package init(reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

/// Reads what `EntryBuffer` wrote. Total: any bytes give a value or an error, and no length is believed before it is
/// checked.
struct ByteReader {
    let bytes: UnsafeRawBufferPointer
    private(set) var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var remaining: Int { bytes.count - offset }

    func failure(_ reason: RecordDecodingError.Reason) -> RecordDecodingError {
        RecordDecodingError(reason: reason, offset: offset)
    }

    mutating func byte() throws(RecordDecodingError) -> UInt8 {
        guard remaining >= 1 else { throw failure(.tooShort) }
        defer { offset += 1 }
        return bytes[offset]
    }

    mutating func flag() throws(RecordDecodingError) -> Bool {
        let value = try byte()
        guard value <= 1 else { throw failure(.badNumber) }
        return value == 1
    }

    mutating func word64() throws(RecordDecodingError) -> UInt64 {
        guard remaining >= 8 else { throw failure(.tooShort) }
        defer { offset += 8 }
        return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    mutating func unsigned() throws(RecordDecodingError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            // The tenth byte has room for one bit.
            if shift == 63, next > 1 { throw failure(.badNumber) }
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
            if shift > 63 { throw failure(.badNumber) }
        }
    }

    mutating func signed() throws(RecordDecodingError) -> Int64 {
        let value = try unsigned()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// A count of things that take at least `bytesEach` bytes, so that a wild count can't reserve memory.
    mutating func count(bytesEach: Int) throws(RecordDecodingError) -> Int {
        guard let count = Int(exactly: try unsigned()), count <= remaining / bytesEach else {
            throw failure(.tooShort)
        }
        return count
    }

    mutating func slice() throws(RecordDecodingError) -> UnsafeRawBufferPointer {
        let count = try count(bytesEach: 1)
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }

    mutating func string() throws(RecordDecodingError) -> String {
        String(decoding: try slice(), as: UTF8.self)
    }

    mutating func optionalString() throws(RecordDecodingError) -> String? {
        try flag() ? try string() : nil
    }

    mutating func optionalSigned() throws(RecordDecodingError) -> Int64? {
        try flag() ? try signed() : nil
    }

    /// A value known by its name.
    mutating func name<Name: RawRepresentable>(
        _ type: Name.Type
    ) throws(RecordDecodingError) -> Name where Name.RawValue == String {
        guard let value = Name(rawValue: try string()) else { throw failure(.unknownName) }
        return value
    }
}
