import Routing
import Testing

@Suite struct PatternsMatchInLinearTime {
    @Test(arguments: [
        ("abc", "xxabcx", true), ("^abc$", "abc", true), ("^abc$", "abcd", false), ("a|b|c", "zzb", true),
        ("^(a|bc)+$", "abcbca", true), ("^(a|bc)+$", "abcb", false), ("a{2,3}", "aa", true),
        ("^a{2,3}$", "aaaa", false),
        ("^a{2,}$", "aaaaa", true), ("^a{3}$", "aaa", true), ("^a{0}$", "", true), ("[a-c]+x", "abcx", true),
        ("[^a-c]", "abc", false), ("[]x]", "]", true), ("[a-]", "-", true), (#"\d{3}-\d{2}"#, "tel 123-45", true),
        (#"^\w+@\w+\.com$"#, "me@here.com", true), (#"\bcat\b"#, "a cat!", true), (#"\bcat\b"#, "concat", false),
        (#"\Bcat"#, "concat", true), ("(?i)HELLO", "say hello", true), ("HELLO", "say hello", false),
        ("(?i)[a-f]+", "DEAD", true),
        (".", "\n", false), ("", "anything", true), ("x*", "", true), ("é+", "caféé", true), ("a.?b", "a☃b", true),
        (#"[\d\s]+$"#, "a 1 2", true), (#"[^\W]"#, "!", false), ("a+?b", "aab", true), ("(?:ab)*c", "ababc", true),
    ])
    func theUsualConstructs(pattern: String, text: String, expected: Bool) throws {
        #expect(try Pattern(pattern).isFound(in: text) == expected)
    }

    @Test(arguments: [
        "(a", "a)", "[a", "*a", "a{", "a{3,1}", "a{200}", #"\1"#, #"\p"#, "(?=a)", "(?<n>a)", #"a\"#, "a{x}",
    ])
    func unknownOnesAreRefused(pattern: String) {
        #expect(fault { _ = try Pattern(pattern) } != nil)
    }

    /// A backtracking engine needs longer than the universe has for these.
    @Test func noPatternIsSlow() throws {
        let text = String(repeating: "a", count: 4000)
        #expect(try !Pattern("^(a+)+$|b").isFound(in: text + "!"))
        #expect(try !Pattern("(a|a)*(a|a)*(a|a)*b").isFound(in: text))
        #expect(try Pattern("(a?){50}a{50}").isFound(in: text))
    }

    @Test func nestedCountsAreBounded() {
        #expect(fault { _ = try Pattern("((a{100}){100}){100}") } != nil)
        #expect(fault { _ = try Pattern("((((){100}){100}){100}){100}") } != nil)
    }
}
