import Bytes
import Testing

struct JSONLookupTests {
    private let request = #"""
        {"model":"gpt-4o", "stream":true,"n":1,"messages":[{"role":"user","content":"a \"}]\" b"},{"role":"x"}],
         "nothing":null , "empty":{ }, "list":[ ], "t":0.5}
        """#

    @Test func membersAreFoundByKeyAndMissingOnesAreNot() throws {
        try withJSON(request) { view in
            #expect(view["model"]?.string == "gpt-4o")
            #expect(view["stream"]?.bool == true)
            #expect(view["n"]?.int64 == 1)
            #expect(view["t"]?.double == 0.5)
            #expect(view["nothing"]?.isNull == true)
            #expect(view["messages"]?.elements.map { $0["role"]?.string } == ["user", "x"])
            #expect(view["role"] == nil)
            #expect(view["mode"] == nil)
            #expect(view["model2"] == nil)
            #expect(view["model"]?["model"] == nil)
        }
    }

    @Test func kindsRangesAndRawBytesAreThoseOfTheText() throws {
        try withJSON(" [ {} , [] ,\"s\",-1e2,true,false,null ] ") { view in
            #expect(view.range == 1..<38)
            let elements = Array(view.elements)
            #expect(elements.map(\.kind) == [.object, .array, .string, .number, .bool, .bool, .null])
            #expect(elements.map { text(Array($0.raw)) } == ["{}", "[]", "\"s\"", "-1e2", "true", "false", "null"])
            #expect(elements[0].range == 3..<5)
            #expect(elements.map(\.isEmptyContainer) == [true, true, false, false, false, false, false])
        }
    }

    @Test func keysWithEscapesCompareByWhatTheyStandFor() throws {
        try withJSON(#"{"\u006dodel":1,"a\"b":2,"\ud83d\ude00":3}"#) { view in
            #expect(view["model"]?.int64 == 1)
            #expect(view["a\"b"]?.int64 == 2)
            #expect(view["😀"]?.int64 == 3)
            #expect(view[#"\u006dodel"#] == nil)
            #expect(view.members.map(\.key.string) == ["model", "a\"b", "😀"])
        }
    }

    @Test func aKeyStandsInASwitch() throws {
        try withJSON(#"{"a":1,"\u0062":2,"c":3}"#) { view in
            var found: [String] = []
            view.forEachMember { key, _ in
                switch key {
                case "a": found.append("first")
                case "b": found.append("second")
                default: found.append(key != "c" ? "?" : "other")
                }
            }
            #expect(found == ["first", "second", "other"])
        }
    }

    @Test func aRepeatedKeyIsReportedHoweverItIsWritten() throws {
        let keys: [StaticString] = ["stream", "model"]
        func duplicate(_ json: String) throws -> String? {
            try withJSON(json) { $0.firstDuplicateKey(among: keys)?.description }
        }
        #expect(try duplicate(#"{"model":1,"x":1,"x":2}"#) == nil)
        #expect(try duplicate(#"{"model":1,"m":{"model":2}}"#) == nil)
        #expect(try duplicate(#"{"model":1,"x":1,"model":2}"#) == "model")
        #expect(try duplicate(#"{"model":1,"\u006Dodel":2}"#) == "model")
        #expect(try duplicate(#"["model","model"]"#) == nil)
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("12", 12), ("12.0", 12), ("1.20e1", 12), ("1e3", 1000), ("1200e-2", 12), ("1.5", nil),
            ("1e-1", nil), ("9223372036854775807", .max), ("9223372036854775808", nil), ("-9223372036854775808", .min),
            ("-9223372036854775809", nil), ("9.223372036854775807e18", .max), ("1e19", nil), ("1e400", nil),
            ("0e400", 0),
            ("0.000e-99999999999", 0), ("1e99999999999", nil), ("1000000000000000000000e-10", 100_000_000_000),
            ("100000000000000000000000000001", nil), ("\"1\"", nil), ("true", nil),
        ] as [(String, Int64?)])
    func wholeNumbersAreExactOrNothing(json: String, expected: Int64?) throws {
        #expect(try withJSON(json) { $0.int64 } == expected)
    }

    @Test(arguments: [
        "0", "-0", "0.1", "1e22", "1e23", "123456789012345678", "9007199254740993", "1.7976931348623157e308", "5e-324",
        "2.4703282292062327e-324", "0.30000000000000004", "123456789012345678901234567890", "1E5", "1e-400", "17.25E-1",
        "3.141592653589793238462643383279502884197",
    ])
    func numbersAreRoundedToTheNearest(json: String) throws {
        let expected = try #require(Double(json))
        let value = try withJSON(json) { $0.double }
        #expect(value?.bitPattern == expected.bitPattern)
    }

    @Test func numbersBeyondTheTypeAreNothing() throws {
        #expect(try withJSON("[1e400,-1e400]") { $0.elements.map(\.double) } == [nil, nil])
    }

    @Test(arguments: [
        (#""""#, ""), (#""a\/b\"\\""#, "a/b\"\\"), (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"), (#""\u00e9\u4e2d""#, "é中"),
        (#""\ud83d\ude00""#, "😀"), (#""\uD83D\uDE00x""#, "😀x"), (#""\ud83d""#, "\u{FFFD}"), (#""\ude00""#, "\u{FFFD}"),
        (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""\ud83dx""#, "\u{FFFD}x"), (#""\ud83d\n""#, "\u{FFFD}\n"),
        (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\udbff\udfff""#, "\u{10FFFF}"), (#""\u0000""#, "\u{0}"),
    ])
    func stringsAreDecoded(json: String, expected: String) throws {
        try withJSON(json) { view in
            #expect(view.string == expected)
            var bytes: [UInt8] = [0x3E]
            #expect(view.appendDecodedString(to: &bytes))
            #expect(text(bytes) == ">" + expected)
        }
    }

    @Test func onlyStringsAreStrings() throws {
        try withJSON(#"[1,null,{"a":"b"},"b","\u0062"]"#) { view in
            #expect(view.elements.map(\.string) == [nil, nil, nil, "b", "b"])
            #expect(view.elements.map { $0.isString("b") } == [false, false, false, true, true])
            var bytes: [UInt8] = []
            #expect(!view.appendDecodedString(to: &bytes))
            #expect(bytes.isEmpty)
        }
    }
}
