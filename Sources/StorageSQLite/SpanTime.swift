import Vocabulary

/// The moment inside a UUIDv7, which lets a list by time use the order of the ids.
enum SpanTime {
    /// How far an id's time may be from the span's start, in microseconds: room for the millisecond that a UUIDv7
    /// is cut to and for the two clock reads. The store remembers if a span was ever further off, and then walks
    /// all ids.
    static let tolerance: Microseconds = 1_000_000

    /// The id's first 48 bits: milliseconds since the epoch.
    static func microseconds(of id: RequestID) -> UnixMicroseconds {
        Int64(id.high >> 16) * 1_000
    }

    static func isOrdered(_ span: SpanRecord) -> Bool {
        let distance = microseconds(of: span.id).subtractingReportingOverflow(span.timing.startedAt)
        return !distance.overflow && distance.partialValue.magnitude <= tolerance.magnitude
    }

    /// The lowest id that a span starting at `moment` or later can have.
    static func lowestID(from moment: UnixMicroseconds) -> RequestID {
        RequestID(high: milliseconds(moment.subtractingReportingOverflow(tolerance)) << 16, low: 0)
    }

    /// An id above every id that a span starting before `moment` can have.
    static func idAbove(_ moment: UnixMicroseconds) -> RequestID {
        let later = moment.addingReportingOverflow(tolerance + 1_000)
        return RequestID(high: milliseconds(later) << 16, low: 0)
    }

    private static func milliseconds(_ sum: (partialValue: Int64, overflow: Bool)) -> UInt64 {
        // Saturates at the 48 bits of the format; before 1970 there are no ids.
        if sum.overflow { return sum.partialValue < 0 ? 0xFFFF_FFFF_FFFF : 0 }
        return min(UInt64(max(0, sum.partialValue) / 1_000), 0xFFFF_FFFF_FFFF)
    }
}
