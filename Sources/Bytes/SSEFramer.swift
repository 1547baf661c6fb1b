/// Cuts a stream of bytes into server-sent events, as the WHATWG HTML standard, section 9.2.6, reads them.
///
/// Lines end with LF, CRLF or CR, wherever the chunks are cut; a byte order mark at the start and comments are skipped;
/// an event without data is not handed over. An event that lies within one chunk and has one data line is handed over
/// without a copy; only what is left at a chunk's end is copied.
package struct SSEFramer {
    /// How many bytes of the latest chunk belong to complete events and comments; the rest is held until more comes.
    ///
    /// A proxy that sends on `chunk[..<consumedInChunk]` after what it kept before never splits an event.
    package private(set) var consumedInChunk = 0
    private let maximumEventBytes: Int
    /// The beginning of an incomplete event, from earlier chunks.
    private var held: [UInt8] = []
    private var block = SSEBlock()
    /// The latest chunk ended with CR, so an LF at the next one's start belongs to it.
    private var endedWithCR = false

    /// - Parameter maximumEventBytes: The longest event, its line ends included, without the blank line that ends it.
    package init(maximumEventBytes: Int) {
        self.maximumEventBytes = maximumEventBytes
    }

    /// The bytes of an incomplete event that earlier chunks ended with, which `consumedInChunk` has left out.
    package var heldBytes: [UInt8] { held }

    /// Reads the next chunk and calls `onEvent` with each event that is complete.
    ///
    /// Throws `SSEError.eventTooLarge`, or what `onEvent` throws; after either the framer must not be used again.
    package mutating func feed(_ chunk: UnsafeRawBufferPointer, _ onEvent: (SSEEvent) throws -> Void) throws {
        consumedInChunk = 0
        guard let base = chunk.baseAddress, chunk.count > 0 else { return }
        var position = 0
        if endedWithCR, base.byte(0) == ASCII.lineFeed {
            position = 1
            if held.isEmpty { consumedInChunk = 1 } else { held.append(ASCII.lineFeed) }
            block.lineStart = held.count
        }
        endedWithCR = base.byte(chunk.count - 1) == ASCII.carriageReturn
        if !held.isEmpty { position = try feedHeld(base, position, chunk.count, onEvent) }
        if held.isEmpty { try feedDirect(base, position, chunk.count, onEvent) }
    }

    /// Ends the stream: true if an incomplete event was left, which the standard says to ignore.
    package mutating func finish() -> Bool {
        defer { reset() }
        return block.hasFields || block.lineStart < held.count
    }

    /// Ends the stream and hands over an event that only lacks its blank line, as some servers' last one does; its
    /// `endsAt` is 0. True if an incomplete event was left, whether or not it had data.
    package mutating func finish(_ onEvent: (SSEEvent) throws -> Void) rethrows -> Bool {
        defer { reset() }
        let isIncomplete = block.hasFields || block.lineStart < held.count
        let bytes = held
        try bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            if block.lineStart < bytes.count { block.readLine(base, block.lineStart..<bytes.count) }
            try block.deliver(base, endsAt: 0, to: onEvent)
        }
        return isIncomplete
    }

    /// Completes the held event line by line. Returns how far the chunk has been read; nothing is held then, or all of
    /// the chunk has been read.
    private mutating func feedHeld(
        _ base: UnsafeRawPointer, _ start: Int, _ end: Int, _ onEvent: (SSEEvent) throws -> Void
    ) throws -> Int {
        var position = start
        while position < end {
            let lineEnd = ByteScan.first(ASCII.lineFeed, or: ASCII.carriageReturn, base, position, end)
            let next = Self.lineBreakEnd(base, lineEnd, end)
            let line = block.lineStart..<held.count + lineEnd - position
            try check(line.upperBound)
            held.append(contentsOf: base.slice(position..<next))
            position = next
            if lineEnd == end { return end }
            if try finishHeldLine(line, endsAt: next, onEvent) { return next }
        }
        return end
    }

    /// Reads a line that has become complete. True if nothing needs to be held any longer.
    private mutating func finishHeldLine(
        _ line: Range<Int>, endsAt: Int, _ onEvent: (SSEEvent) throws -> Void
    ) throws -> Bool {
        // Taken out while it is lent, so that it stays the only reference and is not copied.
        var bytes: [UInt8] = []
        swap(&bytes, &held)
        let isComplete = try bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return false }
            if !block.readLine(base, line) { return !block.hasFields }
            try block.deliver(base, endsAt: endsAt, to: onEvent)
            return true
        }
        swap(&bytes, &held)
        block.lineStart = held.count
        if isComplete { consume(upTo: endsAt) }
        return isComplete
    }

    /// Reads events in place, and holds what is left.
    private mutating func feedDirect(
        _ chunk: UnsafeRawPointer, _ start: Int, _ end: Int, _ onEvent: (SSEEvent) throws -> Void
    ) throws {
        var blockStart = start
        var position = start
        while position < end {
            let lineEnd = ByteScan.first(ASCII.lineFeed, or: ASCII.carriageReturn, chunk, position, end)
            try check(lineEnd - blockStart)
            if lineEnd == end { break }
            let base = chunk + blockStart
            let isBlank = block.readLine(base, position - blockStart..<lineEnd - blockStart)
            position = Self.lineBreakEnd(chunk, lineEnd, end)
            if isBlank { try block.deliver(base, endsAt: position, to: onEvent) }
            if isBlank || !block.hasFields {
                consume(upTo: position)
                blockStart = position
            }
        }
        block.lineStart = position - blockStart
        if blockStart < end { held.append(contentsOf: chunk.slice(blockStart..<end)) }
    }

    private mutating func consume(upTo position: Int) {
        consumedInChunk = position
        reset()
    }

    private mutating func reset() {
        block.startNext()
        // A long event's buffer is not kept: thousands of streams may be open at once.
        if held.capacity > 16_384 { held = [] } else if !held.isEmpty { held.removeAll(keepingCapacity: true) }
    }

    private func check(_ size: Int) throws {
        if size > maximumEventBytes { throw SSEError.eventTooLarge(limit: maximumEventBytes) }
    }

    @inline(__always)
    private static func lineBreakEnd(_ base: UnsafeRawPointer, _ lineEnd: Int, _ end: Int) -> Int {
        guard lineEnd < end else { return end }
        let isPair =
            base.byte(lineEnd) == ASCII.carriageReturn && lineEnd &+ 1 < end
            && base.byte(lineEnd &+ 1) == ASCII.lineFeed
        return lineEnd &+ (isPair ? 2 : 1)
    }
}
