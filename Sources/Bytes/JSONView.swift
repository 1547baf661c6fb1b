/// A JSON value inside bytes that somebody else keeps alive; valid only inside the closure that lent the bytes.
///
/// A view is an address and two offsets. Nothing is decoded before it is asked for, and nothing is remembered: each
/// lookup walks the members again, so a reader of many members should walk once with `members`.
package struct JSONView {
    /// The whole text, which `range` refers to.
    package let text: UnsafeRawBufferPointer
    /// Offsets of this value in `text`, without white space around it, with a string's quotes.
    package let range: Range<Int>

    init(text: UnsafeRawBufferPointer, range: Range<Int>) {
        self.text = text
        self.range = range
    }

    /// Checks all of `bytes` (RFC 8259, strict UTF-8, depth) and gives the one value in it.
    ///
    /// White space around the value is allowed, a byte order mark isn't. Repeated keys are allowed; see
    /// `firstDuplicateKey(among:)`.
    package static func parse(
        _ bytes: UnsafeRawBufferPointer, limits: JSONLimits = JSONLimits()
    ) throws(JSONSyntaxError) -> JSONView {
        JSONView(text: bytes, range: try JSONValidator.validate(bytes, limits: limits))
    }

    /// A complete text that has been checked before, with or without white space around it.
    ///
    /// Should it not be valid after all, answers are meaningless, but no byte outside is read and every walk ends.
    package init(validated bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else {
            self.init(text: bytes, range: 0..<0)
            return
        }
        let start = JSONSkip.space(base, 0, bytes.count)
        self.init(text: bytes, range: start..<JSONSkip.value(base, start, bytes.count))
    }

    /// What the value is. An empty text counts as `null`.
    package var kind: JSONKind {
        guard let first = raw.first else { return .null }
        switch first {
        case ASCII.openBrace: return .object
        case ASCII.openBracket: return .array
        case ASCII.quote: return .string
        case ASCII.lowerT, ASCII.lowerF: return .bool
        case ASCII.lowerN: return .null
        default: return .number
        }
    }

    /// The bytes of this value, as they stand in the text.
    package var raw: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: text[range]) }
}

extension JSONView {
    /// The first member with that key, `nil` if there is none or if this is no object.
    ///
    /// A key written with escapes is compared by what it stands for. The cost is that of a walk up to the member.
    package subscript(_ key: StaticString) -> JSONView? {
        var members = members
        while let member = members.next() {
            if member.key == key { return member.value }
        }
        return nil
    }

    /// The members in the order of the text; none if this is no object.
    package var members: JSONMembers { JSONMembers(of: self) }

    /// The elements in the order of the text; none if this is no array.
    package var elements: JSONElements { JSONElements(of: self) }

    /// Calls `body` with each member in the order of the text; not at all if this is no object.
    package func forEachMember(_ body: (JSONKeyView, JSONView) throws -> Void) rethrows {
        var members = members
        while let (key, value) = members.next() { try body(key, value) }
    }

    /// Calls `body` with each element in the order of the text; not at all if this is no array.
    package func forEachElement(_ body: (JSONView) throws -> Void) rethrows {
        var elements = elements
        while let element = elements.next() { try body(element) }
    }

    /// The first of `keys` that this object has twice or more; `nil` if none has, or if this is no object.
    ///
    /// Parsers differ on which of two equal keys counts, so a repeated key that decides anything (a model's name, say)
    /// is a way to show the gateway one request and the provider another. At most 64 keys.
    package func firstDuplicateKey(among keys: [StaticString]) -> StaticString? {
        precondition(keys.count <= 64, "firstDuplicateKey takes at most 64 keys: their bits share one word")
        var seen: UInt64 = 0
        var members = members
        while let (key, _) = members.next() {
            for (index, candidate) in keys.enumerated() where key == candidate {
                if seen &>> UInt64(index) & 1 == 1 { return candidate }
                seen |= 1 &<< UInt64(index)
            }
        }
        return nil
    }
}
