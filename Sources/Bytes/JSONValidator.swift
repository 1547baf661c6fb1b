/// Checks a whole text against RFC 8259 in one pass, without recursion.
struct JSONValidator {
    private let base: UnsafeRawPointer
    private let end: Int
    private let maximumDepth: Int
    private var position = 0
    private var nesting = JSONNesting()

    /// The range of the one value in `bytes`, without the white space around it.
    static func validate(
        _ bytes: UnsafeRawBufferPointer, limits: JSONLimits
    ) throws(JSONSyntaxError) -> Range<Int> {
        guard let base = bytes.baseAddress, bytes.count > 0 else {
            throw JSONSyntaxError(reason: .emptyText, offset: 0)
        }
        var validator = JSONValidator(base: base, end: bytes.count, maximumDepth: limits.maximumDepth)
        return try validator.root()
    }

    private init(base: UnsafeRawPointer, end: Int, maximumDepth: Int) {
        self.base = base
        self.end = end
        self.maximumDepth = maximumDepth
    }

    private mutating func root() throws(JSONSyntaxError) -> Range<Int> {
        skipSpace()
        guard position < end else { throw JSONSyntaxError(reason: .emptyText, offset: position) }
        let start = position
        repeat {
            while try valueOpensContainer() {}
        } while try anotherValueFollows()
        let valueEnd = position
        skipSpace()
        guard position == end else { throw JSONSyntaxError(reason: .bytesAfterValue, offset: position) }
        return start..<valueEnd
    }

    /// Reads one value, or the beginning of a container up to where its first value stands (then true).
    @inline(__always)
    private mutating func valueOpensContainer() throws(JSONSyntaxError) -> Bool {
        guard position < end else { throw JSONSyntaxError(reason: .unexpectedEnd, offset: end) }
        switch base.byte(position) {
        case ASCII.quote:
            position = try JSONValidation.stringEnd(base, position, end)
            return false
        case ASCII.openBrace: return try opened(isObject: true, close: ASCII.closeBrace)
        case ASCII.openBracket: return try opened(isObject: false, close: ASCII.closeBracket)
        case let byte where ASCII.isDigit(byte) || byte == ASCII.minus:
            position = try JSONValidation.numberEnd(base, position, end)
            return false
        default:
            position = try JSONValidation.literalEnd(base, position, end)
            return false
        }
    }

    @inline(__always)
    private mutating func opened(isObject: Bool, close: UInt8) throws(JSONSyntaxError) -> Bool {
        guard nesting.depth < maximumDepth else { throw JSONSyntaxError(reason: .tooDeep, offset: position) }
        position &+= 1
        skipSpace()
        if position < end, base.byte(position) == close {
            position &+= 1
            return false
        }
        nesting.push(isObject: isObject)
        if isObject { try key() }
        return true
    }

    /// After a value: closes what ends here and steps over a comma. False once the outermost value is complete.
    @inline(__always)
    private mutating func anotherValueFollows() throws(JSONSyntaxError) -> Bool {
        while nesting.depth > 0 {
            skipSpace()
            guard position < end else { throw JSONSyntaxError(reason: .unexpectedEnd, offset: end) }
            let byte = base.byte(position)
            if byte == ASCII.comma {
                position &+= 1
                skipSpace()
                if nesting.isInObject { try key() }
                return true
            }
            guard byte == (nesting.isInObject ? ASCII.closeBrace : ASCII.closeBracket) else {
                throw JSONSyntaxError(reason: .expectedCommaOrEnd, offset: position)
            }
            position &+= 1
            nesting.pop()
        }
        return false
    }

    /// Reads a member's name and colon, up to where its value stands.
    @inline(__always)
    private mutating func key() throws(JSONSyntaxError) {
        guard position < end else { throw JSONSyntaxError(reason: .unexpectedEnd, offset: end) }
        guard base.byte(position) == ASCII.quote else {
            throw JSONSyntaxError(reason: .expectedKey, offset: position)
        }
        position = try JSONValidation.stringEnd(base, position, end)
        skipSpace()
        guard position < end else { throw JSONSyntaxError(reason: .unexpectedEnd, offset: end) }
        guard base.byte(position) == ASCII.colon else {
            throw JSONSyntaxError(reason: .expectedColon, offset: position)
        }
        position &+= 1
        skipSpace()
    }

    @inline(__always)
    private mutating func skipSpace() {
        position = JSONSkip.space(base, position, end)
    }
}
