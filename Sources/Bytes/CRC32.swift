/// The checksum of Ethernet, gzip and Amazon's event streams: polynomial 0x04C11DB7, reflected (ISO 3309, RFC 1952).
package enum CRC32 {
    /// The checksum of `bytes`.
    ///
    /// - Parameter start: The checksum of the bytes before them, so that pieces may be summed one after another.
    package static func checksum(_ bytes: UnsafeRawBufferPointer, after start: UInt32 = 0) -> UInt32 {
        var remainder = ~start
        for byte in bytes {
            let index = Int(truncatingIfNeeded: (remainder ^ UInt32(byte)) & 0xFF)
            remainder = remainder &>> 8 ^ table[index]
        }
        return ~remainder
    }

    /// What each value of the lowest byte adds.
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in
            value & 1 == 1 ? value &>> 1 ^ 0xEDB8_8320 : value &>> 1
        }
    }
}
