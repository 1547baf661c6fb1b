package import Bytes

/// A Google service account, and how it signs in: a signed claim is exchanged for a token (RFC 7523).
///
/// Only what needs no clock, key or network is here: the caller signs with the private key and sends the request.
package struct VertexServiceAccount: Sendable, Equatable {
    /// What Vertex asks for.
    package static let scope = "https://www.googleapis.com/auth/cloud-platform"
    /// Google refuses claims that are valid for longer than an hour.
    package static let lifetime: Int64 = 3600

    /// The account, as an address.
    package var email: String
    /// PKCS#8 in PEM form. A secret.
    package var privateKey: String
    /// Says which of the account's keys signs.
    package var privateKeyID: String?
    /// Where the claim is exchanged.
    package var tokenURL: String
    /// The project that the account belongs to.
    package var project: String?

    /// Reads the file that Google's console gives out.
    ///
    /// - Throws: For a file of another kind, or one that lacks a member.
    package init(_ root: JSONView) throws(TranslationFault) {
        if let type = root["type"]?.string, type != "service_account" {
            throw TranslationFault("type", "is \(type); give the key file of a service account")
        }
        email = try Self.text(root["client_email"], "client_email")
        privateKey = try Self.text(root["private_key"], "private_key")
        tokenURL = root["token_uri"]?.string ?? "https://oauth2.googleapis.com/token"
        privateKeyID = root["private_key_id"]?.string
        project = root["project_id"]?.string
    }

    private static func text(_ value: JSONView?, _ name: String) throws(TranslationFault) -> String {
        guard let text = value?.string, !text.isEmpty else {
            throw TranslationFault(name, "is missing; download the service account's key file anew")
        }
        return text
    }

    /// What is signed with RS256 (RSASSA-PKCS1-v1_5 with SHA-256): header and claims of the token.
    ///
    /// - Parameter now: Unix seconds.
    package func signingInput(now: Int64) -> [UInt8] {
        let header = JSONText.written { writer in
            writer.object { writer in
                writer.member("alg", "RS256")
                writer.member("typ", "JWT")
                if let privateKeyID { writer.member("kid", privateKeyID) }
            }
        }
        let claims = JSONText.written { writer in
            writer.object { writer in
                writer.member("iss", email)
                writer.member("scope", Self.scope)
                writer.member("aud", tokenURL)
                writer.member("iat", now)
                writer.member("exp", now + Self.lifetime)
            }
        }
        return Array("\(Base64.encode(header, .urlSafe)).\(Base64.encode(claims, .urlSafe))".utf8)
    }

    /// The body of the request to `tokenURL` (`application/x-www-form-urlencoded`).
    ///
    /// - Parameter sign: Signs bytes with the private key.
    package func tokenRequest(now: Int64, sign: ([UInt8]) throws -> [UInt8]) rethrows -> [UInt8] {
        let input = signingInput(now: now)
        let signature = Base64.encode(try sign(input), .urlSafe)
        let type = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"
        return Array("grant_type=\(type)&assertion=".utf8) + input + Array(".\(signature)".utf8)
    }

    /// What the sign-in gave.
    package struct Token: Sendable, Equatable {
        /// Goes into `Authorization: Bearer`. A secret.
        package var accessToken: String
        /// Seconds from the answer on.
        package var lifetime: Int64

        package init(accessToken: String, lifetime: Int64) {
            self.accessToken = accessToken
            self.lifetime = lifetime
        }
    }

    /// Reads the answer to a token request.
    ///
    /// - Throws: With Google's own words where it refused.
    package static func token(in root: JSONView) throws(TranslationFault) -> Token {
        if let token = root["access_token"]?.string, !token.isEmpty {
            return Token(accessToken: token, lifetime: max(0, root["expires_in"]?.int64 ?? lifetime))
        }
        let reason = root["error_description"]?.string ?? root["error"]?.string ?? "no token came"
        throw TranslationFault("service account", "was refused by Google: \(reason); check the key and its rights")
    }
}
