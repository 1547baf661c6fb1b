extension JSONPatch {
    /// What is to become of one object's members.
    struct ObjectEdit {
        struct Change {
            var key: StaticString
            /// The JSON to set; `nil` removes.
            var value: [UInt8]?
            /// True if the member must come first, wherever it was before.
            var isFirst: Bool
        }

        let object: Range<Int>
        var changes: [Change]

        mutating func add(_ change: Change) {
            let index = changes.firstIndex { earlier in
                earlier.key.withUTF8Buffer { sameBytes(UnsafeRawBufferPointer($0), change.key) }
            }
            if let index { changes.remove(at: index) }
            changes.append(change)
        }

        /// The edits of `text` that carry the changes out.
        ///
        /// A removed member goes with the comma before it if a kept member stands before, otherwise with what follows
        /// up to the next member; so the edits never overlap and no comma is left over.
        func replacements(in text: UnsafeRawBufferPointer) -> [Replacement] {
            var edits: [Replacement] = []
            var isSet = [Bool](repeating: false, count: changes.count)
            var hasKept = false
            var previousEnd = object.lowerBound + 1
            var pending: Int?  // where a removed member without a kept one before it began
            for (key, value) in JSONView(text: text, range: object).members {
                if let start = pending { edits.append(Replacement(range: start..<key.range.lowerBound, bytes: [])) }
                pending = nil
                let change = changes.firstIndex { key == $0.key }
                if let change, let bytes = changes[change].value, !changes[change].isFirst, !isSet[change] {
                    edits.append(Replacement(range: value.range, bytes: bytes))
                    isSet[change] = true
                    hasKept = true
                } else if change == nil {
                    hasKept = true
                } else if hasKept {
                    edits.append(Replacement(range: previousEnd..<value.range.upperBound, bytes: []))
                } else {
                    pending = key.range.lowerBound
                }
                previousEnd = value.range.upperBound
            }
            if let start = pending { edits.append(Replacement(range: start..<previousEnd, bytes: [])) }
            if let first = inserted(isSet: isSet, hasKept: hasKept) { edits.append(first) }
            return edits
        }

        /// The members that are not in the object yet, the latest first.
        private func inserted(isSet: [Bool], hasKept: Bool) -> Replacement? {
            var writer = JSONWriter()
            for (index, change) in changes.enumerated().reversed() where !isSet[index] {
                guard let value = change.value else { continue }
                writer.key(change.key)
                writer.raw(value)
            }
            if writer.bytes.isEmpty { return nil }
            if hasKept { writer.bytes.append(ASCII.comma) }
            let start = object.lowerBound + 1
            return Replacement(range: start..<start, bytes: writer.bytes)
        }
    }
}
