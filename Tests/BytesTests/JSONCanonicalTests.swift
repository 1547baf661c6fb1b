import Bytes
import Testing

struct JSONCanonicalTests {
    private func canonical(_ json: String) throws -> String {
        try withJSON(json) { text(JSONCanonical.bytes($0)) }
    }

    @Test(arguments: [
        (#" { "b" : 1 , "a" : [ 1 , 2 ] } "#, #"{"a":[1,2],"b":1}"#),
        (#"{"a":null,"b":[],"c":{},"d":[null,[]],"e":[ ]}"#, #"{"c":{},"d":[null,[]]}"#),
        (#"{"a":1,"b":2,"a":3}"#, #"{"a":3,"b":2}"#),
        (#"{"a":1,"b":2,"\u0061":null}"#, #"{"b":2}"#),
        (#"{"a":"\u0041\/\u000a\u00e9\ud83d\ude00"}"#, #"{"a":"A/\né😀"}"#),
        (#"[1.0,1e2,-0,100000000000000000000000]"#, "[1.0,1e2,-0,100000000000000000000000]"),
        (
            #"{"é":1,"z":2,"Z":3,"":4,"zz":5,"\ud83d\ude00":6,"\uffff":7}"#,
            #"{"":4,"Z":3,"z":2,"zz":5,"é":1,"￿":7,"😀":6}"#
        ),
        (#"{"a":{"y":{"d":1,"c":null},"x":2}}"#, #"{"a":{"x":2,"y":{"d":1}}}"#), ("null", "null"), ("[]", "[]"),
        (#"{"":1,"":2}"#, #"{"":2}"#),
    ])
    func oneValueHasOneSpelling(json: String, expected: String) throws {
        #expect(try canonical(json) == expected)
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func doingItTwiceChangesNothing(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let once = try canonical(RandomJSON.make(&generator).styled(&generator))
            #expect(try canonical(once) == once)
        }
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func theOrderOfKeysSpaceAndEscapesDoNotCount(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let value = RandomJSON.make(&generator)
            let one = value.styled(&generator)
            let other = value.shuffled(&generator).styled(&generator)
            #expect(try canonical(one) == canonical(other), "\(one)\n\(other)")
        }
    }

    @Test func manyMembersAreSortedToo() throws {
        let keys = (0..<500).map { "k\($0 * 7919 % 500)" }
        let json = "{" + keys.map { "\"\($0)\":\"\($0)\"" }.joined(separator: ",") + ",\"k3\":\"last\"}"
        let view = try canonical(json)
        let names = try withJSON(view) { $0.members.map(\.key.string) }
        #expect(names == Set(keys).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        #expect(try withJSON(view) { $0["k3"]?.string } == "last")
    }

    @Test func depthBeyondTheRecursionIsCopied() throws {
        let depth = 100_000
        let json = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let count = Array(json.utf8).withUnsafeBytes { JSONCanonical.bytes(JSONView(validated: $0)).count }
        #expect(count == json.utf8.count)
    }

    @Test func whatIsAppendedFollowsWhatWasThere() throws {
        var output: [UInt8] = Array("x".utf8)
        try withJSON("{ }") { JSONCanonical.append($0, to: &output) }
        #expect(text(output) == "x{}")
    }
}

extension RandomJSON {
    /// The same value with its members in another order.
    func shuffled(_ generator: inout SeededGenerator) -> RandomJSON {
        switch self {
        case .array(let elements): return .array(elements.map { $0.shuffled(&generator) })
        case .object(let members):
            let shuffled = members.shuffled(using: &generator)
            return .object(shuffled.map { Member(key: $0.key, value: $0.value.shuffled(&generator)) })
        default: return self
        }
    }
}
