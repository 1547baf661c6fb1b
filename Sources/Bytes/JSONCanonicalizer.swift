/// Writes canonical text in one pass: members are written as they come, and put in order when their object ends.
///
/// The members of all open objects share one array, so that an object costs no allocation.
struct JSONCanonicalizer {
    /// Values nested deeper than this below the first are copied as they are: recursion must end, and no text that
    /// passed the usual `JSONLimits` reaches it.
    private static let maximumDepth = 512

    let base: UnsafeRawPointer
    /// Where the text ends.
    let end: Int
    var keepsEmpty = false
    var output: [UInt8] = []
    var members: [Member] = []
    /// What escaped names stand for; other names are compared where they are.
    var decodedNames: [UInt8] = []
    /// For what is about to be appended again, in another form or order.
    var scratch: [UInt8] = []

    struct Member {
        /// Offsets in `decodedNames` if `isDecoded`, otherwise in the text.
        var name: Range<Int>
        var isDecoded: Bool
        /// Offsets in `output` of name, colon, value and comma; empty if the member is dropped.
        var written: Range<Int>
    }

    init(base: UnsafeRawPointer, end: Int) {
        self.base = base
        self.end = end
    }

    /// Appends the value that begins at `start`; just past it in the text.
    @discardableResult
    mutating func appendValue(_ start: Int, depth: Int) -> Int {
        guard start < end else { return end }
        switch base.byte(start) {
        case ASCII.openBrace where depth < Self.maximumDepth: return appendObject(start, depth: depth)
        case ASCII.openBracket where depth < Self.maximumDepth: return appendArray(start, depth: depth)
        case ASCII.quote: return appendString(start)
        default:
            let valueEnd = JSONSkip.value(base, start, end)
            output.append(contentsOf: base.slice(start..<valueEnd))
            return valueEnd
        }
    }

    private mutating func appendString(_ start: Int) -> Int {
        let (stringEnd, isEscaped) = JSONSkip.string(base, start, end)
        if isEscaped {
            scratch.removeAll(keepingCapacity: true)
            JSONEscape.appendDecoded(base.slice(JSONSkip.content(start..<stringEnd)), to: &scratch)
            scratch.withUnsafeBytes { JSONEscape.appendString($0, to: &output) }
        } else {
            output.append(contentsOf: base.slice(start..<stringEnd))
        }
        return stringEnd
    }

    private mutating func appendArray(_ start: Int, depth: Int) -> Int {
        output.append(ASCII.openBracket)
        var position = JSONSkip.toNextItem(base, start &+ 1, end)
        while position < end, base.byte(position) != ASCII.closeBracket {
            let next = appendValue(position, depth: depth + 1)
            guard next > position else { break }
            output.append(ASCII.comma)
            position = JSONSkip.toNextItem(base, next, end)
        }
        close(with: ASCII.closeBracket)
        return min(position &+ 1, end)
    }

    private mutating func appendObject(_ start: Int, depth: Int) -> Int {
        let (first, firstName) = (members.count, decodedNames.count)
        output.append(ASCII.openBrace)
        let contentStart = output.count
        var position = JSONSkip.toNextItem(base, start &+ 1, end)
        while position < end, base.byte(position) == ASCII.quote {
            guard let next = appendMember(position, depth: depth) else { break }
            position = JSONSkip.toNextItem(base, next, end)
        }
        putInOrder(membersFrom: first, contentStart: contentStart)
        close(with: ASCII.closeBrace)
        members.removeLast(members.count - first)
        decodedNames.removeLast(decodedNames.count - firstName)
        return min(position &+ 1, end)
    }

    /// Appends the member whose name begins at `start`, and a comma; just past it in the text, `nil` if it has none,
    /// which is so only in a text that is not valid.
    private mutating func appendMember(_ start: Int, depth: Int) -> Int? {
        let writtenStart = output.count
        let (nameEnd, isEscaped) = JSONSkip.string(base, start, end)
        guard nameEnd >= start &+ 2 else { return nil }
        var name = JSONSkip.content(start..<nameEnd)
        if isEscaped {
            let decodedStart = decodedNames.count
            JSONEscape.appendDecoded(base.slice(name), to: &decodedNames)
            name = decodedStart..<decodedNames.count
            decodedNames.withUnsafeBytes { names in
                JSONEscape.appendString(UnsafeRawBufferPointer(rebasing: names[name]), to: &output)
            }
        } else {
            output.append(contentsOf: base.slice(start..<nameEnd))
        }
        output.append(ASCII.colon)
        let valueStart = JSONSkip.toValue(base, nameEnd, end)
        let writtenValueStart = output.count
        let valueEnd = appendValue(valueStart, depth: depth + 1)
        guard valueEnd > valueStart else {
            output.removeLast(output.count - writtenStart)
            return nil
        }
        if !keepsEmpty, saysNothing(writtenValueStart) {
            output.removeLast(output.count - writtenStart)
        } else {
            output.append(ASCII.comma)
        }
        members.append(Member(name: name, isDecoded: isEscaped, written: writtenStart..<output.count))
        return valueEnd
    }

    /// True if the value written from `start` on is `null` or `[]`.
    private func saysNothing(_ start: Int) -> Bool {
        switch output[start] {
        case ASCII.lowerN: true
        case ASCII.openBracket: output.count == start + 2
        default: false
        }
    }

    /// Ends a container: its last comma, if any, gives way to the bracket.
    private mutating func close(with bracket: UInt8) {
        if output[output.count - 1] == ASCII.comma {
            output[output.count - 1] = bracket
        } else {
            output.append(bracket)
        }
    }
}
