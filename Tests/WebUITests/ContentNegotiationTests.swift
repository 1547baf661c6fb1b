import Testing
import WebUI

@Suite struct ContentNegotiationTests {
    @Test(arguments: [
        ("gzip", true), ("br, gzip", true), ("GZIP;q=0.5", true), ("*", true), ("x-gzip", true),
        ("br", false), ("gzip;q=0", false), ("gzip; q=0.0, *", false), ("*;q=0", false), ("", false),
    ])
    func `gzip is sent only to those who accept it`(value: String, accepted: Bool) {
        #expect(ContentNegotiation.acceptsGzip(value) == accepted)
    }

    @Test func `no Accept-Encoding means plain bytes`() {
        #expect(!ContentNegotiation.acceptsGzip(nil))
    }

    @Test(arguments: [
        ("W/\"abc\"", true), ("\"abc\"", true), ("\"x\", W/\"abc\"", true), ("*", true),
        ("\"abcd\"", false), ("abc", false), ("", false),
    ])
    func `an entity tag matches weakly and whole`(value: String, matches: Bool) {
        #expect(ContentNegotiation.matches(value, entityTag: "W/\"abc\"") == matches)
    }
}
