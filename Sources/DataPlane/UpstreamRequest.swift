import Gateway
import NIOCore
import NIOHTTP1
import Vocabulary

/// Builds the head that a provider gets: the caller's headers, the provider's credentials, nothing of ours.
enum UpstreamRequest {
    /// - Parameters:
    ///   - path: Appended to the provider's base path, with its query.
    ///   - ownCredential: True where the caller brought its own provider key, which is then passed on.
    static func head(
        method: HTTPMethod, path: String, caller: CallerHeaders, target: ProviderTarget, bodyBytes: Int,
        ownCredential: Bool
    ) -> HTTPRequestHead {
        var headers = caller.forwarded
        headers.add(name: "host", value: target.origin.hostHeader)
        if bodyBytes > 0 || method == .POST || method == .PUT || method == .PATCH {
            headers.add(name: "content-length", value: String(bodyBytes))
        }
        addCredential(to: &headers, caller: caller, target: target, ownCredential: ownCredential)
        for pair in target.extraHeaders { headers.replaceOrAdd(name: pair.key, value: pair.value) }
        return HTTPRequestHead(version: .http1_1, method: method, uri: target.basePath + path, headers: headers)
    }

    private static func addCredential(
        to headers: inout HTTPHeaders, caller: CallerHeaders, target: ProviderTarget, ownCredential: Bool
    ) {
        if ownCredential, caller.bearer != nil || caller.apiKey != nil {
            if let bearer = caller.bearer { headers.add(name: "authorization", value: "Bearer \(bearer)") }
            if let key = caller.apiKey { headers.add(name: "x-api-key", value: String(key)) }
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
