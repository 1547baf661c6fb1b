import Bytes
import Testing

struct JSONPatchTests {
    private func patched(_ json: String, _ change: (inout JSONPatch, JSONView) throws -> Void) throws -> String {
        try withJSON(json) { view in
            var patch = JSONPatch()
            try change(&patch, view)
            return text(patch.apply(to: view.text))
        }
    }

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func noEditsGiveTheSameBytes() throws {
        #expect(JSONPatch().isEmpty)
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<200 {
            let json = RandomJSON.make(&generator).styled(&generator)
            #expect(try patched(json) { _, _ in } == json)
        }
    }

    @Test(arguments: [
        (#"{"a":1}"#, #"{"a":9}"#), (#"{ "b" : 2 , "a" : [1, 2] }"#, #"{ "b" : 2 , "a" : 9 }"#), ("{}", #"{"a":9}"#),
        ("{ }", #"{"a":9 }"#), (#"{"b":1}"#, #"{"a":9,"b":1}"#), (#"{ "b":1 }"#, #"{"a":9, "b":1 }"#),
        (#"{"a":1,"b":2,"a":3}"#, #"{"a":9,"b":2}"#), (#"{"\u0061":1}"#, #"{"\u0061":9}"#),
        (#"{"a":1,"a":2}"#, #"{"a":9}"#),
    ])
    func settingAMemberReplacesItsValueOrInsertsItFirst(json: String, expected: String) throws {
        #expect(try patched(json) { $0.setMember("a", value: bytes("9"), in: $1) } == expected)
    }

    @Test(arguments: [
        (#"{"a":1}"#, "{}"), (#"{ "a" : 1 }"#, "{  }"), (#"{"a":1,"b":2}"#, #"{"b":2}"#),
        (#"{"b":2,"a":1}"#, #"{"b":2}"#),
        (#"{"b":2, "a":1, "c":3}"#, #"{"b":2, "c":3}"#), (#"{ "a":1, "b":2 }"#, #"{ "b":2 }"#),
        (#"{ "b":2, "a":1 }"#, #"{ "b":2 }"#), (#"{"a":1,"a":2}"#, "{}"), (#"{"a":1,"b":2,"a":3}"#, #"{"b":2}"#),
        (#"{"a":1,"a":2,"b":3,"a":4,"a":5}"#, #"{"b":3}"#), (#"{"b":1,"\u0061":{"a":[1]}}"#, #"{"b":1}"#), ("{}", "{}"),
        (#"{"b":{"a":1}}"#, #"{"b":{"a":1}}"#),
    ])
    func removingAMemberTakesItsCommaAlong(json: String, expected: String) throws {
        #expect(try patched(json) { $0.removeMember("a", in: $1) } == expected)
    }

    @Test(arguments: [
        ("{}", #"{"a":9}"#), (#"{"b":1}"#, #"{"a":9,"b":1}"#), (#"{"b":1,"a":2}"#, #"{"a":9,"b":1}"#),
        (#"{"a":2}"#, #"{"a":9}"#),
    ])
    func anInsertedMemberIsTheFirstAndTheOnlyOneOfItsKey(json: String, expected: String) throws {
        #expect(try patched(json) { $0.insertMember(first: "a", value: bytes("9"), in: $1) } == expected)
    }

    @Test func editsOfOneObjectGoTogether() throws {
        let result = try patched(#"{"a":1,"b":2,"c":{"d":4}}"#) { patch, view in
            patch.removeMember("a", in: view)
            patch.removeMember("b", in: view)
            patch.insertMember(first: "x", value: bytes("1"), in: view)
            patch.setMember("y", value: bytes("2"), in: view)
            if let inner = view["c"] { patch.setMember("d", value: bytes("5"), in: inner) }
        }
        #expect(result == #"{"y":2,"x":1,"c":{"d":5}}"#)
    }

    @Test func theLaterEditOfAMemberCounts() throws {
        let result = try patched(#"{"a":1,"b":2}"#) { patch, view in
            patch.setMember("a", value: bytes("5"), in: view)
            patch.setMember("a", value: bytes("6"), in: view)
            patch.removeMember("b", in: view)
            patch.setMember("b", value: bytes("7"), in: view)
        }
        #expect(result == #"{"a":6,"b":7}"#)
    }

    @Test func rangesAreReplacedInOrderWhateverTheOrderOfTheCalls() {
        var patch = JSONPatch()
        patch.replace(4..<6, with: bytes("Z"))
        patch.replace(0..<1, with: bytes("AB"))
        patch.replace(4..<4, with: bytes("1"))
        patch.replace(4..<4, with: bytes("2"))
        patch.replace(6..<6, with: bytes("!"))
        #expect(bytes("0123456789").withUnsafeBytes { text(patch.apply(to: $0)) } == "AB12312Z!6789")
    }

    @Test func overlappingEditsAreRefused() async {
        await #expect(processExitsWith: .failure) {
            var patch = JSONPatch()
            patch.replace(2..<6, with: [])
            patch.replace(5..<7, with: [])
        }
        await #expect(processExitsWith: .failure) {
            var patch = JSONPatch()
            patch.replace(2..<6, with: [])
            patch.replace(3..<3, with: [])
        }
    }

    /// Whatever is edited, the other members keep their bytes and their order.
    @Test(arguments: 0..<30 as Range<UInt64>)
    func randomEditsLeaveEveryOtherMemberAsItIs(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            guard case .object(var members) = RandomJSON.makeObject(&generator) else { continue }
            for key in ["a", "model", "a"] where Bool.random(using: &generator) {
                let index = Int.random(in: 0...members.count, using: &generator)
                members.insert(.init(key: key, value: RandomJSON.make(&generator, depth: 2)), at: index)
            }
            let json = RandomJSON.object(members).styled(&generator)
            let removes = Bool.random(using: &generator)
            let result = try patched(json) { patch, view in
                patch.setMember("model", value: bytes("\"new\""), in: view)
                if removes { patch.removeMember("a", in: view) }
            }
            #expect(
                try others(result, but: removes ? ["model", "a"] : ["model"])
                    == others(json, but: removes ? ["model", "a"] : ["model"]), "\(json) -> \(result)")
            try withJSON(result) { view in
                #expect(view["model"]?.string == "new")
                #expect(view.firstDuplicateKey(among: ["model"]) == nil)
                if removes { #expect(view["a"] == nil) }
            }
        }
    }

    private func others(_ json: String, but keys: Set<String>) throws -> [String] {
        try withJSON(json) { view in
            view.members.filter { !keys.contains($0.key.string) }
                .map { text(Array($0.key.raw)) + ":" + text(Array($0.value.raw)) }
        }
    }
}
