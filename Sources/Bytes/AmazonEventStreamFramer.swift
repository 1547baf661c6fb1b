/// Cuts a stream of bytes into the messages of `application/vnd.amazon.eventstream`.
///
/// A message is: its length, its headers' length, the checksum of these two, headers, payload, the checksum of all
/// before it; numbers are big-endian words of 32 bits. Both checksums are verified. A message that lies within one
/// chunk is handed over without a copy; only what is left at a chunk's end is copied.
package struct AmazonEventStreamFramer {
    /// How many bytes of the latest chunk belong to complete messages; the rest is held until more comes.
    package private(set) var consumedInChunk = 0
    private let maximumMessageBytes: Int
    /// The beginning of an incomplete message, from earlier chunks.
    private var held: [UInt8] = []

    /// - Parameter maximumMessageBytes: The longest message, its frame included. Amazon's own bound is 24 MiB.
    package init(maximumMessageBytes: Int) {
        self.maximumMessageBytes = maximumMessageBytes
    }

    /// The bytes of an incomplete message that earlier chunks ended with, which `consumedInChunk` has left out.
    package var heldBytes: [UInt8] { held }

    /// Reads the next chunk and calls `onMessage` with each message that is complete.
    ///
    /// Throws `AmazonEventStreamError`, or what `onMessage` throws; after either the framer must not be used again.
    package mutating func feed(
        _ chunk: UnsafeRawBufferPointer, _ onMessage: (AmazonEventStreamMessage) throws -> Void
    ) throws {
        consumedInChunk = 0
        guard let base = chunk.baseAddress, chunk.count > 0 else { return }
        var position = 0
        if !held.isEmpty { position = try feedHeld(chunk, onMessage) }
        guard held.isEmpty else { return }
        while let length = try messageLength(base, position, chunk.count), length <= chunk.count - position {
            let end = position + length
            try deliver(base.slice(position..<end), endsAt: end, onMessage)
            position = end
            consumedInChunk = end
        }
        if position < chunk.count { held.append(contentsOf: base.slice(position..<chunk.count)) }
    }

    /// Ends the stream: true if an incomplete message was left.
    package mutating func finish() -> Bool {
        defer { held = [] }
        return !held.isEmpty
    }

    /// Completes the held message. Returns how far the chunk has been read; nothing is held then, or all of it has.
    private mutating func feedHeld(
        _ chunk: UnsafeRawBufferPointer, _ onMessage: (AmazonEventStreamMessage) throws -> Void
    ) throws -> Int {
        var position = take(Self.preludeBytes - held.count, of: chunk, from: 0)
        guard let length = try held.withUnsafeBytes({ try messageLength($0) }) else { return position }
        position = take(length - held.count, of: chunk, from: position)
        guard held.count == length else { return position }
        // Taken out while it is lent, so that it stays the only reference and is not copied.
        var bytes: [UInt8] = []
        swap(&bytes, &held)
        try bytes.withUnsafeBytes { try deliver($0, endsAt: position, onMessage) }
        consumedInChunk = position
        // A long message's buffer is not kept: thousands of streams may be open at once.
        bytes.removeAll(keepingCapacity: bytes.capacity <= 16_384)
        swap(&bytes, &held)
        return position
    }

    /// Moves up to `count` bytes into `held`; returns where the rest begins.
    private mutating func take(_ count: Int, of chunk: UnsafeRawBufferPointer, from position: Int) -> Int {
        let end = min(chunk.count, position + max(0, count))
        held.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[position..<end]))
        return end
    }

    private func messageLength(_ message: UnsafeRawBufferPointer) throws -> Int? {
        guard let base = message.baseAddress else { return nil }
        return try messageLength(base, 0, message.count)
    }

    /// The length of the message that begins at `start`; `nil` while its prelude is incomplete.
    private func messageLength(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) throws -> Int? {
        guard end - start >= Self.preludeBytes else { return nil }
        let checksum = CRC32.checksum(base.slice(start..<start + 8))
        guard checksum == base.bigEndian32(start + 8) else { throw AmazonEventStreamError.preludeChecksum }
        let length = Int(base.bigEndian32(start))
        let headers = Int(base.bigEndian32(start + 4))
        guard length >= Self.frameBytes, headers <= length - Self.frameBytes else {
            throw AmazonEventStreamError.malformed
        }
        guard length <= maximumMessageBytes else {
            throw AmazonEventStreamError.messageTooLarge(limit: maximumMessageBytes)
        }
        return length
    }

    private func deliver(
        _ message: UnsafeRawBufferPointer, endsAt: Int, _ onMessage: (AmazonEventStreamMessage) throws -> Void
    ) throws {
        guard let base = message.baseAddress else { return }
        let checked = message.count - 4
        guard CRC32.checksum(base.slice(0..<checked)) == base.bigEndian32(checked) else {
            throw AmazonEventStreamError.messageChecksum
        }
        let headersEnd = Self.preludeBytes + Int(base.bigEndian32(4))
        let headers = try AmazonEventStreamHeaders(base.slice(Self.preludeBytes..<headersEnd))
        try onMessage(
            AmazonEventStreamMessage(
                kind: headers.kind, name: headers.name, errorMessage: headers.errorMessage,
                data: base.slice(headersEnd..<checked), endsAt: endsAt))
    }

    /// Two lengths and their checksum.
    private static let preludeBytes = 12
    /// A message without headers and payload.
    private static let frameBytes = 16
}

extension UnsafeRawPointer {
    @inline(__always)
    func bigEndian32(_ offset: Int) -> UInt32 {
        UInt32(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
}
