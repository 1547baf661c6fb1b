/// Walks an object's members in the order of the text.
package struct JSONMembers: Sequence, IteratorProtocol {
    private let text: UnsafeRawBufferPointer
    private let end: Int
    private var position: Int

    init(of view: JSONView) {
        text = view.text
        end = view.range.upperBound
        position = view.kind == .object ? view.range.lowerBound + 1 : end
    }

    /// The next member, `nil` after the last.
    package mutating func next() -> (key: JSONKeyView, value: JSONView)? {
        guard let base = text.baseAddress else { return nil }
        position = JSONSkip.toNextItem(base, position, end)
        guard position < end, base.byte(position) == ASCII.quote else { return nil }
        let keyStart = position
        let (keyEnd, isEscaped) = JSONSkip.string(base, keyStart, end)
        let valueStart = JSONSkip.toValue(base, keyEnd, end)
        position = JSONSkip.value(base, valueStart, end)
        // Only in a text that is not valid: there is no value, and the walk ends here.
        guard position > valueStart, keyEnd >= keyStart &+ 2 else { return nil }
        let key = JSONKeyView(text: text, range: keyStart..<keyEnd, isEscaped: isEscaped)
        return (key, JSONView(text: text, range: valueStart..<position))
    }
}

/// Walks an array's elements in the order of the text.
package struct JSONElements: Sequence, IteratorProtocol {
    private let text: UnsafeRawBufferPointer
    private let end: Int
    private var position: Int

    init(of view: JSONView) {
        text = view.text
        end = view.range.upperBound
        position = view.kind == .array ? view.range.lowerBound + 1 : end
    }

    /// The next element, `nil` after the last.
    package mutating func next() -> JSONView? {
        guard let base = text.baseAddress else { return nil }
        position = JSONSkip.toNextItem(base, position, end)
        guard position < end, base.byte(position) != ASCII.closeBracket else { return nil }
        let start = position
        position = JSONSkip.value(base, start, end)
        guard position > start else { return nil }
        return JSONView(text: text, range: start..<position)
    }
}
