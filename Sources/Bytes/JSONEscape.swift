/// Between a string's content and how it is written in a text.
enum JSONEscape {
    /// Appends the UTF-8 that the bytes between a string's quotes stand for; lone surrogates become U+FFFD.
    static func appendDecoded(_ content: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        guard let base = content.baseAddress else { return }
        output.reserveCapacity(output.count + content.count)
        var position = 0
        while position < content.count {
            let end = ByteScan.first(ASCII.backslash, or: ASCII.backslash, base, position, content.count)
            output.append(contentsOf: base.slice(position..<end))
            guard end &+ 1 < content.count else { return }
            position = appendEscape(base, end &+ 1, content.count, to: &output)
        }
    }

    /// Appends what the escape whose letter is at `position` stands for; just past the escape.
    private static func appendEscape(
        _ base: UnsafeRawPointer, _ position: Int, _ end: Int, to output: inout [UInt8]
    ) -> Int {
        let letter = base.byte(position)
        switch letter {
        case 0x62: output.append(0x08)
        case ASCII.lowerF: output.append(0x0C)
        case ASCII.lowerN: output.append(ASCII.lineFeed)
        case 0x72: output.append(ASCII.carriageReturn)
        case ASCII.lowerT: output.append(0x09)
        case ASCII.lowerU:
            var next = position &+ 1
            append(scalar(base, &next, end), to: &output)
            return next
        default: output.append(letter)
        }
        return position &+ 1
    }

    /// The scalar whose four digits are at `position`, with the low surrogate that may follow.
    private static func scalar(_ base: UnsafeRawPointer, _ position: inout Int, _ end: Int) -> Unicode.Scalar {
        let replacement: Unicode.Scalar = "\u{FFFD}"
        guard position &+ 4 <= end, let first = Hex.value(base, position, digits: 4) else {
            position = end
            return replacement
        }
        position &+= 4
        guard first & 0xFC00 == 0xD800 else { return Unicode.Scalar(first) ?? replacement }
        guard position &+ 6 <= end, base.byte(position) == ASCII.backslash, base.byte(position &+ 1) == ASCII.lowerU,
            let second = Hex.value(base, position &+ 2, digits: 4), second & 0xFC00 == 0xDC00
        else { return replacement }
        position &+= 6
        return Unicode.Scalar(0x10000 + (first & 0x3FF) &<< 10 + (second & 0x3FF)) ?? replacement
    }

    private static func append(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
        output.append(contentsOf: scalar.utf8)
    }

    /// Appends `content` as a string with quotes and as few escapes as RFC 8259 allows. Each byte of `content` that is
    /// part of no valid UTF-8 becomes U+FFFD, so that the output is always valid.
    static func appendString(_ content: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        output.append(ASCII.quote)
        if let base = content.baseAddress {
            var position = 0
            while position < content.count {
                let end = cleanEnd(base, position, content.count)
                output.append(contentsOf: base.slice(position..<end))
                guard end < content.count else { break }
                appendEscaped(base.byte(end), to: &output)
                position = end &+ 1
            }
        }
        output.append(ASCII.quote)
    }

    /// The first offset whose byte can't stand in a string as it is.
    @inline(__always)
    private static func cleanEnd(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
        var position = start
        while true {
            position = ByteScan.plainASCIIEnd(base, position, end)
            guard position < end, base.byte(position) >= 0x80 else { return position }
            let runEnd = UTF8Scan.multiByteRunEnd(base, position, end)
            if runEnd < end, base.byte(runEnd) >= 0x80 { return runEnd }
            position = runEnd
        }
    }

    private static func appendEscaped(_ byte: UInt8, to output: inout [UInt8]) {
        if byte >= 0x80 {
            output.append(contentsOf: [0xEF, 0xBF, 0xBD])
            return
        }
        output.append(ASCII.backslash)
        switch byte {
        case ASCII.quote, ASCII.backslash: output.append(byte)
        case 0x08: output.append(0x62)
        case 0x09: output.append(ASCII.lowerT)
        case ASCII.lineFeed: output.append(ASCII.lowerN)
        case 0x0C: output.append(ASCII.lowerF)
        case ASCII.carriageReturn: output.append(0x72)
        default:
            output.append(contentsOf: [ASCII.lowerU, ASCII.zero, ASCII.zero])
            output.append(Hex.digit(byte &>> 4))
            output.append(Hex.digit(byte & 15))
        }
    }
}
