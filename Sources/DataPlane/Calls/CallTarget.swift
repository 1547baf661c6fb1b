import Dialects
import Gateway
import Providers
import Vocabulary

/// Through which product's address a call came; it decides which extras are read and answered.
enum Door: String, Equatable {
    case own, openrouter, portkey, litellm, helicone

    /// Where the door's model calls begin; what follows is as under `/v1`.
    fileprivate static let prefixes: [(door: Door, prefix: String)] = [
        (.openrouter, "/compat/openrouter/api/v1"), (.portkey, "/compat/portkey/v1"),
        (.litellm, "/compat/litellm/v1"), (.litellm, "/compat/litellm"), (.helicone, "/compat/helicone/v1"),
    ]
}

/// What a path of the data plane asks for.
enum CallTarget: Equatable {
    /// A call whose body or path names a model.
    case endpoint(Endpoint)
    /// Anything of a provider's API: its name, and the rest of the path with its query.
    case passthrough(provider: String, rest: String)
    /// Files and batches: as on the pass-through, of the provider that the configuration or the call names.
    case stored(dialect: Dialect, rest: String)
    /// `GET /v1/models`, or one of them.
    case models(id: String?)
    /// Under our prefixes, but nothing there.
    case unknown

    /// - Returns: `nil` where the path is not the data plane's.
    static func find(_ uri: String) -> (target: CallTarget, door: Door)? {
        if uri.hasPrefix("/v1/") || uri.hasPrefix("/v1beta/") || uri.hasPrefix("/openai/deployments/") {
            return (ofPath(uri), .own)
        }
        if uri.hasPrefix("/pass/") { return (passthrough(uri.dropFirst("/pass/".count)), .own) }
        guard uri.hasPrefix("/compat/") else { return nil }
        for (door, prefix) in Door.prefixes where uri.hasPrefix(prefix + "/") {
            let path = "/v1" + uri.dropFirst(prefix.count)
            // Everything else under these prefixes is management, and served by the doors themselves.
            if let endpoint = Endpoint.find(path.prefix { $0 != "?" }) { return (.endpoint(endpoint), door) }
        }
        return nil
    }

    private static func ofPath(_ uri: String) -> CallTarget {
        let path = uri.prefix { $0 != "?" }
        if let endpoint = Endpoint.find(path) { return .endpoint(endpoint) }
        if path == "/v1/models" || path == "/v1beta/models" { return .models(id: nil) }
        for prefix in ["/v1/models/", "/v1beta/models/"] where path.hasPrefix(prefix) {
            return .models(id: PercentEncoding.decoded(path.dropFirst(prefix.count)))
        }
        return stored(uri, path) ?? .unknown
    }

    private static func stored(_ uri: String, _ path: Substring) -> CallTarget? {
        func isUnder(_ root: String) -> Bool { path == root || path.hasPrefix(root + "/") }
        guard isSafe(path) else { return nil }
        if isUnder("/v1/files") || isUnder("/v1/batches") {
            return .stored(dialect: .openai, rest: String(uri.dropFirst("/v1".count)))
        }
        return isUnder("/v1/messages/batches") ? .stored(dialect: .anthropic, rest: uri) : nil
    }

    private static func passthrough(_ tail: Substring) -> CallTarget {
        let provider = tail.prefix { $0 != "/" && $0 != "?" }
        let rest = tail.dropFirst(provider.count)
        guard !provider.isEmpty, isSafe(rest.prefix { $0 != "?" }) else { return .unknown }
        return .passthrough(provider: PercentEncoding.decoded(provider), rest: String(rest))
    }

    /// No segment may climb out of the provider's base path, in clear or in percent signs.
    private static func isSafe(_ path: Substring) -> Bool {
        path.split(separator: "/").allSatisfy { segment in
            let plain = PercentEncoding.decoded(segment)
            return plain != ".." && plain != "." && !plain.contains("/") && !plain.contains("\\")
        }
    }
}
