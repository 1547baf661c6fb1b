/// One event of a stream, inside bytes that live only as long as the call that hands it over.
package struct SSEEvent {
    /// The event's type, empty if it has none.
    package let name: UnsafeRawBufferPointer
    /// The data lines, joined with line feeds.
    package let data: UnsafeRawBufferPointer
    /// Offset in the chunk just past the blank line that ended the event.
    package let endsAt: Int
}

/// Why an event stream can't be read on.
package enum SSEError: Error, Sendable, Equatable {
    /// An event (or a comment) is longer than `limit` bytes. The framer is of no use afterwards.
    case eventTooLarge(limit: Int)
}
