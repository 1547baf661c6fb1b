import Foundation

/// Both must accept the same texts. By design they differ in encodings other than UTF-8 (NUL, marks), in lone surrogate
/// escapes, in numbers beyond Double, in depth, and in that Foundation allows a comma after the last member or element;
/// such inputs are passed over.
func parseAgreesWithFoundation(_ input: [UInt8]) {
    if input.contains(0) || input.starts(with: [0xEF, 0xBB, 0xBF]) { return }
    var isComparable = true
    let isValid = withJSON(input, maximumDepth: 500) { view in
        isComparable = !hasSurrogateEscape(input) && numbersFit(view)
        walk(view)
        require(readingsAgree(view), "a number's two readings differ")
    }
    // Foundation refuses from 512 levels on, whatever the brackets are.
    guard isComparable, input.count(where: { $0 == 0x5B || $0 == 0x7B }) < 500, !hasTrailingComma(input) else { return }
    let theirs = (try? JSONSerialization.jsonObject(with: Data(input), options: .fragmentsAllowed)) != nil
    require(theirs == isValid, "Foundation \(theirs ? "accepts" : "refuses") what we do not: \(input)")
}

private func hasTrailingComma(_ input: [UInt8]) -> Bool {
    let visible = input.filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return zip(visible, visible.dropFirst()).contains { $0 == 0x2C && ($1 == 0x5D || $1 == 0x7D) }
}

private func hasSurrogateEscape(_ input: [UInt8]) -> Bool {
    input.indices.dropLast(2).contains { index in
        input[index] == 0x5C && input[index + 1] == 0x75 && input[index + 2] | 0x20 == 0x64
    }
}

private func readingsAgree(_ view: JSONView) -> Bool {
    switch view.kind {
    case .number: view.int64.map { Double($0) == view.double } ?? true
    case .array: view.elements.allSatisfy { readingsAgree($0) }
    case .object: view.members.allSatisfy { readingsAgree($0.value) }
    default: true
    }
}

private func numbersFit(_ view: JSONView) -> Bool {
    switch view.kind {
    case .number: view.double != nil && view.raw.count < 30
    case .array: view.elements.allSatisfy { numbersFit($0) }
    case .object: view.members.allSatisfy { numbersFit($0.value) }
    default: true
    }
}

/// Asks everything of every value.
@discardableResult
func walk(_ view: JSONView) -> Int {
    _ = (view.string?.count, view.int64, view.double, view.bool, view.isEmptyContainer)
    _ = (view["a"]?.range, view.firstDuplicateKey(among: ["a", "b"]))
    var count = 1
    view.forEachElement { count += walk($0) }
    view.forEachMember { key, value in
        _ = (key.string, key == "a")
        count += walk(value)
    }
    return count
}

/// Views of bytes that were never checked: reading must stay inside and end.
func uncheckedViewsStayInside(_ input: [UInt8]) {
    // Recursion of this walk itself is what would fail first on deeper input.
    guard input.count < 4096 else { return }
    input.withUnsafeBytes { buffer in
        let view = JSONView(validated: buffer)
        require(walk(view) <= input.count + 1, "more values than bytes")
        _ = JSONCanonical.bytes(view)
        var patch = JSONPatch()
        if view.kind == .object {
            patch.setMember("a", value: [0x31], in: view)
            patch.removeMember("b", in: view)
        }
        _ = patch.apply(to: buffer)
    }
}

func patchesChangeNothingElse(_ input: [UInt8]) {
    _ = withJSON(input) { view in
        require(JSONPatch().apply(to: view.text) == input, "no edit changed something")
        guard view.kind == .object else { return }
        for removed in [false, true] {
            var patch = JSONPatch()
            patch.setMember("a", value: Array("{\"x\":0}".utf8), in: view)
            if removed { patch.removeMember("b", in: view) }
            if input.count % 2 == 0 { patch.insertMember(first: "c", value: [0x30], in: view) }
            check(patch.apply(to: view.text), of: view, removed: removed, inserted: input.count % 2 == 0)
        }
    }
}

private func check(_ result: [UInt8], of original: JSONView, removed: Bool, inserted: Bool) {
    let isValid = withJSON(result) { changed in
        require(changed["a"]?["x"]?.int64 == 0, "the member set is not there")
        require(changed.firstDuplicateKey(among: ["a", "c"]) == nil || !inserted, "a member set is there twice")
        if removed { require(changed["b"] == nil, "the member removed is there") }
        if inserted {
            require(changed.members.first { _ in true }?.key.string == "c", "the member inserted is not first")
        }
        require(others(changed, removed, inserted) == others(original, removed, inserted), "another member changed")
    }
    require(isValid, "the patched text is not valid: \(String(decoding: result, as: UTF8.self))")
}

private func others(_ view: JSONView, _ removed: Bool, _ inserted: Bool) -> [[UInt8]] {
    var others: [[UInt8]] = []
    view.forEachMember { key, value in
        if key == "a" || removed && key == "b" || inserted && key == "c" { return }
        others.append(Array(key.raw) + [0x3A] + Array(value.raw))
    }
    return others
}

func canonicalTextIsStable(_ input: [UInt8]) {
    _ = withJSON(input) { view in
        let once = JSONCanonical.bytes(view)
        let isValid = withJSON(once) { again in
            require(JSONCanonical.bytes(again) == once, "canonical text is not canonical")
        }
        require(isValid, "canonical text is not valid")
    }
}

/// Any bytes written as a string are valid JSON, and decode to the same text.
func whatIsWrittenIsValid(_ input: [UInt8]) {
    var writer = JSONWriter()
    writer.beginArray()
    input.withUnsafeBytes { writer.string(utf8: $0) }
    writer.string(String(decoding: input, as: UTF8.self))
    writer.endArray()
    let isValid = withJSON(writer.bytes) { view in
        let strings = view.elements.map(\.string)
        require(strings.count == 2, "two strings were written")
        require(strings[1] == String(decoding: input, as: UTF8.self), "a string reads back as another")
        if String(validating: input, as: UTF8.self) != nil {
            require(strings[0] == strings[1], "valid text was changed")
        }
    }
    require(isValid, "written text is not valid")
    require(Base64.decode(Base64.encode(input)) == input, "Base64")
    require(Hex.decode(Hex.encode(input)) == input, "hexadecimal")
    // Whatever is accepted has one text only.
    if let bytes = Base64.decode(input), input.contains(0x3D) || input.count % 4 == 0 {
        let standard = Base64.encode(bytes).utf8.map { $0 }
        let normal = input.map { $0 == 0x2D ? 0x2B : $0 == 0x5F ? 0x2F : $0 } as [UInt8]
        require(standard == normal, "Base64 accepts two texts for the same bytes")
    }
}
