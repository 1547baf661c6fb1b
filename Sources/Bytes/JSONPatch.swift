/// Changes to a JSON text that leave every other byte as it is.
///
/// Edits are collected against the original text and applied together. Two edits must not overlap; that is a mistake
/// of the program and traps. Several edits of one object's members go together in any order; a later one for the same
/// key takes the earlier one's place.
package struct JSONPatch {
    private var replacements: [Replacement] = []
    private var objects: [ObjectEdit] = []

    struct Replacement {
        var range: Range<Int>
        var bytes: [UInt8]
    }

    /// A patch without edits.
    package init() {}

    /// True if applying changes nothing.
    package var isEmpty: Bool { replacements.isEmpty && objects.isEmpty }

    /// Puts `bytes` in place of `range`, offsets in the original text. An empty range inserts; insertions at one offset
    /// keep the order in which they were made.
    package mutating func replace(_ range: Range<Int>, with bytes: [UInt8]) {
        Self.insert(Replacement(range: range, bytes: bytes), into: &replacements)
    }

    /// Gives `object` the member `key` with the JSON value `value`: in place of the first such member's value if there
    /// is one, otherwise as the object's first member. Further members with that key are removed.
    package mutating func setMember(_ key: StaticString, value: [UInt8], in object: JSONView) {
        edit(object, .init(key: key, value: value, isFirst: false))
    }

    /// Makes `key` with the JSON value `value` the first member of `object`. Other members with that key are removed.
    package mutating func insertMember(first key: StaticString, value: [UInt8], in object: JSONView) {
        edit(object, .init(key: key, value: value, isFirst: true))
    }

    /// Removes every member `key` of `object`, with its comma and the white space that came with it. Nothing happens if
    /// there is none.
    package mutating func removeMember(_ key: StaticString, in object: JSONView) {
        edit(object, .init(key: key, value: nil, isFirst: false))
    }

    /// The changed text. `bytes` is the text that the ranges and views given before refer to (it may have moved).
    package func apply(to bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var output: [UInt8] = []
        append(applying: bytes, to: &output)
        return output
    }

    /// Appends the changed text; see `apply(to:)`.
    package func append(applying bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        var edits = replacements
        for object in objects {
            for edit in object.replacements(in: bytes) { Self.insert(edit, into: &edits) }
        }
        let added = edits.reduce(0) { $0 + $1.bytes.count }
        output.reserveCapacity(output.count + bytes.count + added)
        var position = 0
        for edit in edits {
            precondition(edit.range.upperBound <= bytes.count, "JSONPatch: an edit lies beyond the text's end")
            output.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[position..<edit.range.lowerBound]))
            output.append(contentsOf: edit.bytes)
            position = edit.range.upperBound
        }
        output.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[position...]))
    }

    private mutating func edit(_ object: JSONView, _ change: ObjectEdit.Change) {
        precondition(object.kind == .object, "JSONPatch: members can be changed in an object only")
        if let index = objects.firstIndex(where: { $0.object == object.range }) {
            objects[index].add(change)
        } else {
            objects.append(ObjectEdit(object: object.range, changes: [change]))
        }
    }

    /// Keeps `edits` sorted by where they begin; what is inserted at an offset comes before what replaces from there.
    private static func insert(_ edit: Replacement, into edits: inout [Replacement]) {
        var index = edits.count
        while index > 0, !precedes(edits[index - 1].range, edit.range) { index -= 1 }
        if index > 0 {
            precondition(
                edits[index - 1].range.upperBound <= edit.range.lowerBound,
                "JSONPatch: two edits overlap; make one edit of them")
        }
        if index < edits.count {
            precondition(
                edit.range.upperBound <= edits[index].range.lowerBound,
                "JSONPatch: two edits overlap; make one edit of them")
        }
        edits.insert(edit, at: index)
    }

    private static func precedes(_ earlier: Range<Int>, _ later: Range<Int>) -> Bool {
        if earlier.lowerBound != later.lowerBound { return earlier.lowerBound < later.lowerBound }
        return earlier.isEmpty
    }
}
