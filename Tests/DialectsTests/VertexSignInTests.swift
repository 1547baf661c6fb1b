import Bytes
import Dialects
import Testing

@Suite struct VertexSignInTests {
    private static let file = """
        {"type":"service_account","project_id":"p","private_key_id":"k1","private_key":"-----BEGIN PRIVATE KEY-----\\n",
        "client_email":"a@p.iam.gserviceaccount.com","token_uri":"https://oauth2.googleapis.com/token"}
        """

    private func account(_ json: String = file) throws -> VertexServiceAccount {
        let bytes = Array(json.utf8)
        return try bytes.withUnsafeBytes { try VertexServiceAccount(try JSONView.parse($0)) }
    }

    private func decoded(_ part: Substring) throws -> String {
        String(decoding: try #require(Base64.decode(String(part))), as: UTF8.self)
    }

    @Test func theClaimNamesTheAccountForAnHour() throws {
        let account = try account()
        let request = account.tokenRequest(now: 1_700_000_000) { input in Array(input.prefix(3)) }
        let text = String(decoding: request, as: UTF8.self)
        let prefix = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion="
        #expect(text.hasPrefix(prefix))
        let parts = text.dropFirst(prefix.count).split(separator: ".")
        try #require(parts.count == 3)
        #expect(try decoded(parts[0]) == #"{"alg":"RS256","typ":"JWT","kid":"k1"}"#)
        let claims = """
            {"iss":"a@p.iam.gserviceaccount.com","scope":"https://www.googleapis.com/auth/cloud-platform",\
            "aud":"https://oauth2.googleapis.com/token","iat":1700000000,"exp":1700003600}
            """
        #expect(try decoded(parts[1]) == claims)
        #expect(try decoded(parts[2]) == String(parts[0].prefix(3)))
        #expect(account.project == "p")
    }

    @Test func aTokenIsReadWithItsLifetime() throws {
        let bytes = Array(#"{"access_token":"ya29.x","expires_in":3599,"token_type":"Bearer"}"#.utf8)
        let token = try bytes.withUnsafeBytes { try VertexServiceAccount.token(in: try JSONView.parse($0)) }
        #expect(token == VertexServiceAccount.Token(accessToken: "ya29.x", lifetime: 3599))
    }

    @Test func aRefusalIsToldInGooglesWords() {
        let bytes = Array(#"{"error":"invalid_grant","error_description":"Invalid JWT Signature."}"#.utf8)
        #expect {
            _ = try bytes.withUnsafeBytes { try VertexServiceAccount.token(in: try JSONView.parse($0)) }
        } throws: { error in
            (error as? TranslationFault)?.message.contains("Invalid JWT Signature.") ?? false
        }
    }

    @Test(arguments: [
        (#"{"type":"authorized_user"}"#, "type"), (#"{"client_email":"a"}"#, "private_key"), ("{}", "client_email"),
    ])
    func anotherFileIsRefused(json: String, member: String) {
        #expect { try account(json) } throws: { ($0 as? TranslationFault)?.member == member }
    }
}
