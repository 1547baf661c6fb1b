import Dialects
import Testing

/// Signatures as Amazon's own client (botocore) makes them for the same requests at 2015-08-30T12:36:00Z; the first
/// two are also in Amazon's published test suite (`get-vanilla`, `get-vanilla-query-order-key`).
@Suite struct SigV4Tests {
    private static let time: Int64 = 1_440_938_160

    private func signature(
        _ request: SigV4.Request, region: String = "us-east-1", service: String, token: String? = nil
    ) throws -> String {
        let credentials = SigV4.Credentials(
            accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            sessionToken: token)
        let headers = SigV4(credentials: credentials, region: region, service: service)
            .headers(for: request, at: Self.time)
        #expect(headers.first { $0.name == "x-amz-date" }?.value == "20150830T123600Z")
        #expect(headers.first { $0.name == "x-amz-security-token" }?.value == token)
        return try #require(headers.first { $0.name == "authorization" }?.value)
    }

    @Test func aPlainRequest() throws {
        let request = SigV4.Request(method: "GET", path: "/", headers: [("Host", "example.amazonaws.com")])
        let expected =
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
            + "SignedHeaders=host;x-amz-date, "
            + "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        #expect(try signature(request, service: "service") == expected)
    }

    @Test(arguments: [
        ("/", "Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
        ("/a/./b/../c//d/", "", "07fc47830311f547240f25f97c1565bd7a705059e39e5d0c3e0c5287c2c4bcfc"),
    ])
    func queriesAreSortedAndPathsResolved(path: String, query: String, expected: String) throws {
        let headers = [(name: "host", value: "example.amazonaws.com")]
        let request = SigV4.Request(method: "GET", path: path, query: query, headers: headers)
        #expect(try signature(request, service: "service").hasSuffix("Signature=\(expected)"))
    }

    @Test func aModelNameWithAColonIsEncodedTwice() throws {
        let request = SigV4.Request(
            method: "POST", path: "/model/anthropic.claude-3-5-sonnet-20240620-v1%3A0/converse",
            headers: [
                ("Host", "bedrock-runtime.us-east-1.amazonaws.com"), ("Content-Type", "application/json"),
                ("X-Custom", "  a   b  "),
            ],
            body: Array(#"{"messages":[]}"#.utf8))
        let made = try signature(request, service: "bedrock")
        #expect(made.contains("SignedHeaders=content-type;host;x-amz-date;x-custom,"))
        #expect(made.hasSuffix("=7e560405bbe528e33972d08c9c51d17dd7b920531f4631a8966d94813719dce7"))
    }

    @Test func aTemporaryTokenIsSignedToo() throws {
        let profile = "arn%3Aaws%3Abedrock%3Aeu-central-1%3A123456789012%3Ainference-profile%2Feu.anthropic.claude"
        let request = SigV4.Request(
            method: "POST", path: "/model/\(profile)/converse-stream",
            headers: [
                ("host", "bedrock-runtime.eu-central-1.amazonaws.com"), ("content-type", "application/json"),
                ("x-custom", "a b"),
            ],
            body: Array(#"{"messages":[{"role":"user","content":[{"text":"Grüße"}]}]}"#.utf8))
        let made = try signature(
            request, region: "eu-central-1", service: "bedrock", token: "the/session+token==")
        #expect(made.hasSuffix("=d1296f9d30c6f05a3696fae66298859cab19118e213dca9dec15369bde96a86c"))
    }

    @Test func anotherBodyOrKeyGivesAnotherSignature() throws {
        var request = SigV4.Request(method: "POST", path: "/", headers: [("host", "h")], body: [1])
        let first = try signature(request, service: "bedrock")
        request.body = [2]
        #expect(try signature(request, service: "bedrock") != first)
    }
}
