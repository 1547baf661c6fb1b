/// One message of an Amazon event stream, inside bytes that live only as long as the call that hands it over.
package struct AmazonEventStreamMessage {
    /// What the sender means by it.
    package enum Kind: Sendable, Equatable {
        case event
        /// A modelled failure, which ends the stream.
        case exception
        /// A failure without a model, which ends the stream; its text is in the header `:error-message`.
        case error
    }

    /// By `:message-type`; a message without one counts as an event.
    package let kind: Kind
    /// `:event-type`, `:exception-type` or `:error-code`, whichever `kind` says; empty if there is none.
    package let name: UnsafeRawBufferPointer
    /// `:error-message`; empty if there is none.
    package let errorMessage: UnsafeRawBufferPointer
    /// The payload, usually JSON.
    package let data: UnsafeRawBufferPointer
    /// Offset in the chunk just past the message.
    package let endsAt: Int
}

/// Why an Amazon event stream can't be read on. The framer is of no use afterwards.
package enum AmazonEventStreamError: Error, Sendable, Equatable {
    /// A message says that it is longer than `limit` bytes.
    case messageTooLarge(limit: Int)
    /// A message says that it is shorter than its own frame, or its headers do not fill their place.
    case malformed
    /// The checksum of the first eight bytes is wrong, so their lengths can't be trusted.
    case preludeChecksum
    /// The checksum of the message is wrong.
    case messageChecksum
}

extension AmazonEventStreamError: CustomStringConvertible {
    /// What is wrong, as a sentence for people; it never quotes the stream.
    package var description: String {
        switch self {
        case .messageTooLarge(let limit): "a message of the event stream is longer than \(limit) bytes"
        case .malformed: "a message of the event stream contradicts its own lengths"
        case .preludeChecksum: "the checksum of a message's lengths is wrong: bytes were lost or changed"
        case .messageChecksum: "the checksum of a message is wrong: bytes were lost or changed"
        }
    }
}
