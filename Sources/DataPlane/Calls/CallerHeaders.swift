import Bytes
import NIOHTTP1
import Providers
import Vocabulary

/// One pass over a request's headers: who calls, for what, and what goes on to the provider.
struct CallerHeaders {
    /// Secrets that may authenticate, in the order in which they are tried.
    private(set) var ownKeys: [Substring] = []
    /// The bearer of `Authorization`, and `x-api-key`: our key, or the caller's own provider key.
    private(set) var bearer: Substring?
    private(set) var apiKey: Substring?
    private(set) var contentLength: Int?
    private(set) var contentType: String?
    private(set) var isEncoded = false
    private var isChunked = false
    private(set) var expectsContinue = false
    private(set) var user: String?
    private(set) var session: String?
    private(set) var feature: String?
    private(set) var environment: String?
    /// The end customer that the call is made for.
    private(set) var customer: String?
    private(set) var parameterPolicy: ParameterPolicy?
    /// Headers of ours and of products whose users came here that say how to route, cache or limit: name in lower
    /// case, value.
    private(set) var wishes: [(name: String, value: String)] = []
    private(set) var tags: [String] = []
    private(set) var metadata: [MetadataPair] = []
    private(set) var trace: TraceParent?
    /// The value of a header that could not be read, with its name.
    private(set) var fault: (name: String, expected: String)?
    /// What the provider gets, without credentials.
    private(set) var forwarded = HTTPHeaders()

    /// True where a body is to come that is not worth reading only to refuse it: more than a socket buffer holds, of
    /// unknown length, or held back until we agree.
    var announcesLargeBody: Bool { expectsContinue || isChunked || (contentLength ?? 0) > 64 << 10 }

    /// Values longer than this are cut in the record.
    private static let valueLimit = 512
    private static let tagLimit = 32

    init(_ headers: HTTPHeaders) {
        forwarded.reserveCapacity(headers.count + 4)
        for (name, value) in headers { read(name, value) }
    }

    private mutating func read(_ name: String, _ value: String) {
        // Most headers are told apart by their length alone; lower-casing every name would allocate.
        switch name.utf8.count {
        case 2, 3, 4, 7, 10, 16, 17, 18, 19, 20: if readConnection(name, value) { return }
        default: break
        }
        switch name.utf8.first.map({ $0 | 0x20 }) {
        case UInt8(ascii: "a"), UInt8(ascii: "c"), UInt8(ascii: "e"): if readStandard(name, value) { return }
        case UInt8(ascii: "x"): if readOwn(name, value) { return }
        case UInt8(ascii: "h"): if readHelicone(name, value) { return }
        case UInt8(ascii: "t"): if name.isSame("traceparent") { trace = TraceParent(value) }
        default: break
        }
        forwarded.add(name: name, value: value)
    }

    /// Headers that belong to this connection only (RFC 9110, 7.6.1) and those that we set ourselves.
    private mutating func readConnection(_ name: String, _ value: String) -> Bool {
        if name.isSame("transfer-encoding") { isChunked = true }
        return name.isSame("host") || name.isSame("connection") || name.isSame("keep-alive") || name.isSame("te")
            || name.isSame("transfer-encoding") || name.isSame("upgrade") || name.isSame("proxy-connection")
            || name.isSame("proxy-authorization") || name.isSame("trailer")
    }

    private mutating func readStandard(_ name: String, _ value: String) -> Bool {
        if name.isSame("authorization") {
            bearer = value.dropping(prefix: "bearer ")
            return true
        } else if name.isSame("content-length") {
            contentLength = Int(value)
            return true
        } else if name.isSame("content-type") {
            contentType = value
        } else if name.isSame("content-encoding") {
            isEncoded = !value.isSame("identity")
        } else if name.isSame("expect") {
            expectsContinue = value.isSame("100-continue")
            return true
        } else if name.isSame("api-key") {
            apiKey = apiKey ?? value[...]
            return true
        } else if name.isSame("cache-control") {
            // Helicone's clients say here how long an answer may be kept; to a provider it means nothing.
            wishes.append(("cache-control", value))
            return true
        } else if name.isSame("accept-encoding") {
            return true  // Answers are read on their way, so they must come uncompressed.
        }
        return false
    }

    private mutating func readOwn(_ name: String, _ value: String) -> Bool {
        if name.isSame("x-api-key") {
            apiKey = value[...]
            return true
        }
        if let field = name.dropping(prefix: "x-signalbox-") {
            readSignalbox(field, value)
            return true
        }
        if let field = name.dropping(prefix: "x-portkey-") {
            readPortkey(field, value)
            return true
        }
        if name.dropping(prefix: "x-litellm-") != nil || name.dropping(prefix: "x-openrouter-") != nil
            || name.isSame("x-session-id")
        {
            wishes.append((name.lowercased(), value))
            return true
        }
        if name.isSame("x-goog-api-key") {
            apiKey = apiKey ?? value[...]
            return true
        }
        return false
    }

    private mutating func readSignalbox(_ field: Substring, _ value: String) {
        switch field.lowercased() {
        case "key": ownKeys.insert(value[...], at: 0)
        case "user": user = cut(value)
        case "session": session = cut(value)
        case "feature": feature = cut(value)
        case "environment": readEnvironment(value)
        case "tags": addTags(value)
        case "metadata": addMetadata(value, named: "x-signalbox-metadata")
        case "customer": customer = cut(value)
        case "parameters": readParameterPolicy(value)
        case "cache", "cache-ttl", "cache-namespace", "cache-threshold", "route":
            wishes.append(("x-signalbox-" + field.lowercased(), value))
        default: fault = fault ?? ("x-signalbox-\(field)", "no such header; docs/calls.md lists those that exist")
        }
    }

    private mutating func readPortkey(_ field: Substring, _ value: String) {
        switch field.lowercased() {
        case "api-key": ownKeys.append(value[...])
        case "metadata": addMetadata(value, named: "x-portkey-metadata")
        default: wishes.append(("x-portkey-" + field.lowercased(), value))
        }
    }

    private mutating func readHelicone(_ name: String, _ value: String) -> Bool {
        guard let field = name.dropping(prefix: "helicone-") else { return false }
        if field.isSame("auth") {
            ownKeys.append(value.dropping(prefix: "bearer ") ?? value[...])
        } else if field.isSame("user-id") {
            user = user ?? cut(value)
        } else if field.isSame("session-id") {
            session = session ?? cut(value)
        } else if let property = field.dropping(prefix: "property-") {
            add(String(property), value)
        } else {
            wishes.append((name.lowercased(), value))
        }
        return true
    }

    private mutating func readEnvironment(_ value: String) {
        let isName = value.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
        }
        guard isName, (1...32).contains(value.utf8.count) else {
            return fault = ("x-signalbox-environment", "1 to 32 of a-z, 0-9, - and _")
        }
        environment = value
    }

    private mutating func readParameterPolicy(_ value: String) {
        guard let policy = ParameterPolicy(rawValue: value.lowercased()) else {
            return fault = ("x-signalbox-parameters", "strict, warn or drop")
        }
        parameterPolicy = policy
    }

    private mutating func addTags(_ list: String) {
        for tag in list.split(separator: ",") where tags.count < Self.tagLimit {
            let trimmed = tag.drop { $0 == " " }
            if !trimmed.isEmpty { tags.append(cut(String(trimmed))) }
        }
    }

    private mutating func addMetadata(_ json: String, named header: String) {
        var text = json
        let pairs: [MetadataPair]? = text.withUTF8 { bytes in
            let root = try? JSONView.parse(UnsafeRawBufferPointer(bytes))
            guard let root, root.kind == .object else { return nil }
            return RequestOutline.pairs(root)
        }
        guard let pairs else { return fault = (header, "a JSON object of strings") }
        for pair in pairs {
            if pair.key == "_user" { user = user ?? pair.value } else { add(pair.key, pair.value) }
        }
    }

    private mutating func add(_ key: String, _ value: String) {
        guard metadata.count < Self.tagLimit else { return }
        metadata.append(MetadataPair(key: cut(key), value: cut(value)))
    }

    private func cut(_ value: String) -> String {
        value.utf8.count <= Self.valueLimit ? value : String(value.prefix(Self.valueLimit))
    }
}

extension StringProtocol {
    /// ASCII letters compare without case, as header names and schemes do.
    func isSame(_ lowercase: StaticString) -> Bool {
        utf8.count == lowercase.utf8CodeUnitCount && hasPrefix(ignoringCase: lowercase)
    }

    /// True for a content type of JSON, with or without a vendor's prefix: `application/json`, `application/x+json`.
    var isJSON: Bool {
        let end = utf8.firstIndex { $0 == 0x3B || $0 == 0x20 } ?? endIndex
        let type = self[..<end]
        guard type.utf8.count >= 4 else { return false }
        return type[type.utf8.index(end, offsetBy: -4)...].isSame("json")
    }

    /// What follows a prefix that is compared without case; `nil` where it does not stand there.
    func dropping(prefix lowercase: StaticString) -> SubSequence? {
        guard utf8.count >= lowercase.utf8CodeUnitCount, hasPrefix(ignoringCase: lowercase) else { return nil }
        return self[utf8.index(startIndex, offsetBy: lowercase.utf8CodeUnitCount)...]
    }

    private func hasPrefix(ignoringCase lowercase: StaticString) -> Bool {
        lowercase.withUTF8Buffer { expected in
            for (byte, wanted) in zip(utf8, expected) {
                let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
                if lower != wanted { return false }
            }
            return true
        }
    }
}
