import CRuntime

/// The bytes of a segment: a header, then entries, all integers little-endian.
///
/// Header (24 bytes): `SBJRNL`, format version (1 byte), zero (1), sequence (8), salt (4), CRC-32C of those 20 (4).
/// Entry: payload length (4), CRC-32C of the payload continued from the salt (4), payload.
///
/// The salt is random per segment. So neither stale disk blocks after a loss of power nor bytes that a caller put into
/// a body can pass for an entry when reading resumes behind damage.
enum JournalFormat {
    static let version: UInt8 = 1
    static let headerBytes = 24
    static let frameBytes = 8
    /// Two bodies at their limit and a span with all headers fit many times over; above it, a length is damage.
    static let maximumPayloadBytes = 64 << 20

    /// So that no setting of the recording limit can make a record too large to write.
    static let maximumBodyBytes = 24 << 20

    private static let magic: [UInt8] = Array("SBJRNL".utf8)

    /// The header of a new segment.
    static func header(sequence: UInt64, salt: UInt32) -> [UInt8] {
        var bytes = magic + [version, 0]
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: sequence >> shift)) }
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: salt >> shift)) }
        let sum = bytes.withUnsafeBytes { signalbox_crc32c(0, $0.baseAddress, $0.count) }
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: sum >> shift)) }
        return bytes
    }

    /// What a header says, or why it can't be believed.
    enum Header: Equatable {
        case valid(sequence: UInt64, salt: UInt32)
        case newer(version: UInt8)
        case damaged
    }

    /// Reads a header; `bytes` holds at least `headerBytes`.
    static func readHeader(_ bytes: UnsafeRawBufferPointer) -> Header {
        guard bytes.count >= headerBytes, zip(magic, bytes).allSatisfy({ $0 == $1 }) else { return .damaged }
        guard crc(seed: 0, UnsafeRawBufferPointer(rebasing: bytes[0..<20])) == word(bytes, at: 20) else {
            return .damaged
        }
        guard bytes[6] <= version else { return .newer(version: bytes[6]) }
        let sequence = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        return .valid(sequence: UInt64(littleEndian: sequence), salt: word(bytes, at: 16))
    }

    /// CRC-32C of `bytes`, continued from `seed`.
    static func crc(seed: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
        signalbox_crc32c(seed, bytes.baseAddress, bytes.count)
    }

    /// The little-endian word at an offset that lies inside the buffer.
    static func word(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt32 {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
}
