import Gateway
import Providers
import Vocabulary

/// What a path of the data plane asks for.
enum CallTarget: Equatable {
    /// A call whose body names a model.
    case endpoint(Endpoint)
    /// Anything of a provider's API: its name, and the rest of the path with its query.
    case passthrough(provider: String, rest: String)
    /// `GET /v1/models`, or one of them.
    case models(id: String?)
    /// Under our prefixes, but nothing there.
    case unknown

    /// - Returns: `nil` where the path is not the data plane's.
    init?(uri: String) {
        guard uri.hasPrefix("/v1/") || uri.hasPrefix("/pass/") else { return nil }
        let path = uri.prefix { $0 != "?" }
        if let endpoint = Endpoint.table[String(path)] {
            self = .endpoint(endpoint)
        } else if path == "/v1/models" {
            self = .models(id: nil)
        } else if path.hasPrefix("/v1/models/") {
            self = .models(id: Self.decoded(path.dropFirst("/v1/models/".count)))
        } else if uri.hasPrefix("/pass/") {
            self = Self.passthrough(uri.dropFirst("/pass/".count))
        } else {
            self = .unknown
        }
    }

    private static func passthrough(_ tail: Substring) -> CallTarget {
        let provider = tail.prefix { $0 != "/" && $0 != "?" }
        let rest = tail.dropFirst(provider.count)
        guard !provider.isEmpty, isSafe(rest.prefix { $0 != "?" }) else { return .unknown }
        return .passthrough(provider: decoded(provider), rest: String(rest))
    }

    /// No segment may climb out of the provider's base path, in clear or in percent signs.
    private static func isSafe(_ path: Substring) -> Bool {
        path.split(separator: "/").allSatisfy { segment in
            let plain = decoded(segment)
            return plain != ".." && plain != "." && !plain.contains("/") && !plain.contains("\\")
        }
    }

    /// Undoes percent encoding; what is no valid encoding stays as it is.
    private static func decoded(_ text: Substring) -> String {
        guard text.utf8.contains(0x25) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == 0x25, digits.count == 2, let value = UInt8(String(Substring(digits)), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
