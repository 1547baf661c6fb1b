/// Bytes of a segment that are no record.
package struct SegmentDamage: Sendable, Equatable {
    /// What is wrong with the place.
    package enum Reason: Sendable, Equatable {
        /// The segment's header can't be believed.
        case header
        /// An entry's length or checksum is wrong.
        case checksum
        /// The checksum is right, but this version can't read the record.
        case record(RecordDecodingError)
    }

    /// The segment's file name.
    package var segment: String
    /// Where it begins, in bytes from the start of the file.
    package var offset: UInt64
    /// How many bytes were passed over.
    package var bytes: UInt64
    package var reason: Reason
    /// True if no record follows in the segment.
    package var reachesEnd: Bool
}

extension SegmentDamage: CustomStringConvertible {
    package var description: String {
        let why =
            switch reason {
            case .header: "the header is damaged"
            case .checksum: "the checksum does not fit"
            case .record(let error): "\(error.reason.rawValue) at byte \(error.offset) of the record"
            }
        return "\(segment): \(bytes) bytes at \(offset) are no record: \(why)"
    }
}
