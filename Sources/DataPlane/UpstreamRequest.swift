import Gateway
import NIOCore
import NIOHTTP1
import Vocabulary

/// Builds the head that a provider gets: the caller's headers, the provider's credentials, nothing of ours.
enum UpstreamRequest {
    /// - Parameters:
    ///   - path: Appended to the provider's base path, with its query.
    ///   - own: The caller's own provider key, which then goes instead of the configured one.
    static func head(
        method: HTTPMethod, path: String, caller: CallerHeaders, target: ProviderTarget, bodyBytes: Int,
        own: CallerCredential?
    ) -> HTTPRequestHead {
        var headers = caller.forwarded
        headers.add(name: "host", value: target.origin.hostHeader)
        if bodyBytes > 0 || method == .POST || method == .PUT || method == .PATCH {
            headers.add(name: "content-length", value: String(bodyBytes))
        }
        addCredential(to: &headers, own: own, target: target)
        for pair in target.extraHeaders { headers.replaceOrAdd(name: pair.key, value: pair.value) }
        let uri = target.basePath + path
        // A request line needs a path, even where base URL and rest are empty.
        let isRooted = uri.hasPrefix("/")
        return HTTPRequestHead(version: .http1_1, method: method, uri: isRooted ? uri : "/" + uri, headers: headers)
    }

    private static func addCredential(
        to headers: inout HTTPHeaders, own: CallerCredential?, target: ProviderTarget
    ) {
        if let own {
            if let bearer = own.bearer { headers.add(name: "authorization", value: "Bearer \(bearer)") }
            if let key = own.apiKey { headers.add(name: "x-api-key", value: key) }
            return
        }
        switch target.credential {
        case .none: break
        case .bearer(let key): headers.add(name: "authorization", value: "Bearer \(key)")
        case .apiKey(let key):
            headers.add(name: "x-api-key", value: key)
            // Anthropic refuses a request without a version; SDKs send theirs.
            if !headers.contains(name: "anthropic-version") {
                headers.add(name: "anthropic-version", value: "2023-06-01")
            }
        }
    }
}

/// A provider key that the caller brought: at least one of the two.
struct CallerCredential {
    /// For `Authorization: Bearer`.
    let bearer: String?
    /// For `x-api-key`.
    let apiKey: String?

    init?(bearer: String?, apiKey: String?) {
        guard bearer != nil || apiKey != nil else { return nil }
        self.bearer = bearer
        self.apiKey = apiKey
    }
}
