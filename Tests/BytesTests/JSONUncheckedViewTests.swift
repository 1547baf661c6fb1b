import Bytes
import Testing

/// `init(validated:)` on bytes that are not valid after all, as a damaged store may hold them.
struct JSONUncheckedViewTests {
    @Test func aCheckedTextReadsTheSameWithoutTheCheck() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let json = " " + RandomJSON.make(&generator).styled(&generator) + "\n"
            let checked = try withJSON(json) { ($0.range, RandomJSON($0)) }
            let unchecked = Array(json.utf8).withUnsafeBytes { bytes in
                let view = JSONView(validated: bytes)
                return (view.range, RandomJSON(view))
            }
            #expect(checked.0 == unchecked.0)
            #expect(checked.1 == unchecked.1)
        }
    }

    @Test(arguments: [
        "", " ", "{", "[", "\"", "\"\\", "{\"", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":1", "[1", "[1,", "[[", "}", "]",
        ",", ":",
        "{,}", "[,]", "{\"a\"}", "{\"a\"1}", "\"\\u", "\"\\u1\"", "\"\\ud83d\\u", "{\"\\", "[}", "{]", "[\"", "{{}}",
        "-", "t",
    ])
    func damagedTextsEndEveryWalk(json: String) {
        walk(Array(json.utf8))
    }

    @Test func everyPrefixAndEveryChangedByteEndsEveryWalk() {
        let bytes = Array(#"{"a":[1,{"b":"c\u00e9\n"},[]],"\ud83d\ude00":-1.5e3,"n":null}"#.utf8)
        for index in bytes.indices {
            walk(Array(bytes[..<index]))
            for byte in "{}[]\",:\\ 1".utf8 {
                var changed = bytes
                changed[index] = byte
                walk(changed)
            }
        }
    }

    /// The walk is over when this returns; what it saw may be anything that fits into the text.
    private func walk(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            let view = JSONView(validated: buffer)
            #expect(count(view) <= bytes.count + 1)
            #expect(view["a"].map { $0.range.upperBound <= bytes.count } ?? true)
            #expect(JSONCanonical.bytes(view).count <= bytes.count * 6 + 16)
        }
    }

    private func count(_ view: JSONView) -> Int {
        _ = (view.string, view.int64, view.double, view.bool, view.firstDuplicateKey(among: ["a"]))
        return view.elements.reduce(1) { $0 + count($1) } + view.members.reduce(0) { $0 + count($1.value) }
    }
}
