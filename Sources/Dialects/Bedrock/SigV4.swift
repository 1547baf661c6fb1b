import Bytes
import Crypto
import Vocabulary

/// Signs requests to Amazon as "AWS Signature Version 4" defines it.
///
/// The path and query must be given exactly as they are sent; everything that is signed must be sent unchanged.
package struct SigV4: Sendable {
    /// Who signs.
    package struct Credentials: Sendable, Equatable {
        /// For example `AKIDEXAMPLE`; it is sent.
        package var accessKeyID: String
        /// Never sent.
        package var secretAccessKey: String
        /// Belongs to temporary credentials; it is sent.
        package var sessionToken: String?

        package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
            self.accessKeyID = accessKeyID
            self.secretAccessKey = secretAccessKey
            self.sessionToken = sessionToken
        }
    }

    /// What is signed.
    package struct Request {
        /// In capitals.
        package var method: String
        /// As it is sent, percent-encoded; begins with a slash.
        package var path: String
        /// As it is sent, without the question mark; empty for none.
        package var query: String
        /// Those that shall be signed, `host` among them. Names in any case.
        package var headers: [(name: String, value: String)]
        package var body: [UInt8]

        package init(
            method: String, path: String, query: String = "", headers: [(name: String, value: String)],
            body: [UInt8] = []
        ) {
            self.method = method
            self.path = path
            self.query = query
            self.headers = headers
            self.body = body
        }
    }

    private let credentials: Credentials
    private let region: String
    private let service: String

    /// - Parameters:
    ///   - region: For example `us-east-1`.
    ///   - service: `bedrock` for Bedrock's runtime.
    package init(credentials: Credentials, region: String, service: String) {
        self.credentials = credentials
        self.region = region
        self.service = service
    }

    /// The headers to add: `x-amz-date`, `x-amz-security-token` for temporary credentials, `authorization`.
    ///
    /// - Parameter time: Unix seconds. Amazon refuses what is more than five minutes off.
    package func headers(for request: Request, at time: Int64) -> [(name: String, value: String)] {
        let stamp = Self.stamp(time)
        var added = [(name: "x-amz-date", value: stamp)]
        if let token = credentials.sessionToken { added.append((name: "x-amz-security-token", value: token)) }
        let canonical = SigV4Canonical(request, headers: request.headers + added)
        let scope = "\(stamp.prefix(8))/\(region)/\(service)/aws4_request"
        let digest = Hex.encode(Array(SHA256.hash(data: Array(canonical.text.utf8))))
        let text = "AWS4-HMAC-SHA256\n\(stamp)\n\(scope)\n\(digest)"
        let authorization =
            "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), "
            + "SignedHeaders=\(canonical.signedHeaders), Signature=\(signature(of: text, day: String(stamp.prefix(8))))"
        return added + [(name: "authorization", value: authorization)]
    }

    /// The key is derived anew for each day, region and service.
    private func signature(of text: String, day: String) -> String {
        var key = Array("AWS4\(credentials.secretAccessKey)".utf8)
        for part in [day, region, service, "aws4_request"] { key = Self.code(part, key: key) }
        return Hex.encode(Self.code(text, key: key))
    }

    private static func code(_ text: String, key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
    }

    /// `20150830T123600Z`.
    static func stamp(_ time: Int64) -> String {
        let bounded = min(max(time, -62_167_219_200), 253_402_300_799)
        let text = RFC3339.format(bounded * 1_000_000).prefix { $0 != "." }
        return text.filter { $0 != "-" && $0 != ":" } + "Z"
    }
}

/// A request in the one spelling that is signed.
struct SigV4Canonical {
    let text: String
    let signedHeaders: String

    init(_ request: SigV4.Request, headers: [(name: String, value: String)]) {
        var values: [String: [String]] = [:]
        for header in headers { values[header.name.lowercased(), default: []].append(Self.trimmed(header.value)) }
        let names = values.keys.sorted()
        signedHeaders = names.joined(separator: ";")
        let lines = names.map { "\($0):\((values[$0] ?? []).joined(separator: ","))\n" }.joined()
        let body = Hex.encode(Array(SHA256.hash(data: request.body)))
        let parts = [
            request.method, Self.path(request.path), Self.query(request.query), lines, signedHeaders, body,
        ]
        text = parts.joined(separator: "\n")
    }

    /// Without white space around, and with single spaces inside.
    private static func trimmed(_ value: String) -> String {
        value.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
    }

    /// Dot segments resolved, then encoded once more than it is sent (every service but S3 wants that).
    private static func path(_ path: String) -> String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") {
            if segment == "." { continue }
            if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
        }
        guard !segments.isEmpty else { return "/" }
        let isFolder = path.hasSuffix("/") || path.hasSuffix("/.") || path.hasSuffix("/..")
        return "/" + segments.map { PercentEncoding.encode(String($0)) }.joined(separator: "/") + (isFolder ? "/" : "")
    }

    /// Members by name, then by value; a name alone has an empty value.
    private static func query(_ query: String) -> String {
        let members = query.split(separator: "&").map { member -> (String, String) in
            let parts = member.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
        return members.sorted { $0 < $1 }.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    }
}
