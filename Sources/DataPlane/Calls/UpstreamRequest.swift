import Dialects
import Gateway
import NIOCore
import NIOHTTP1
import Vocabulary

/// Builds the head that a provider gets: the caller's headers, the provider's credentials, nothing of ours.
enum UpstreamRequest {
    /// - Parameters:
    ///   - path: The whole path, with its query.
    ///   - isTranslated: The body is not the caller's: headers that speak of it, or of the caller's dialect, stay back.
    static func head(
        method: HTTPMethod, path: String, call: Call, target: ProviderTarget, body: ByteBuffer,
        isTranslated: Bool = false
    ) -> HTTPRequestHead {
        var headers = isTranslated ? generic(call.caller.forwarded) : call.caller.forwarded
        headers.add(name: "host", value: target.origin.hostHeader)
        let bodyBytes = body.readableBytes
        if bodyBytes > 0 || method == .POST || method == .PUT || method == .PATCH {
            headers.add(name: "content-length", value: String(bodyBytes))
        }
        // A request line needs a path, even where base URL and rest are empty.
        var uri = path.hasPrefix("/") ? path : "/" + path
        // The caller's own key goes only to the provider that it was meant for: one that speaks the caller's dialect.
        let own = isTranslated ? nil : call.credential
        if let own { add(own, to: &headers) } else { addCredential(target, &headers, &uri) }
        for pair in target.extraHeaders { headers.replaceOrAdd(name: pair.key, value: pair.value) }
        var head = HTTPRequestHead(version: .http1_1, method: method, uri: uri, headers: headers)
        if own == nil, case .signature(let keys, let region, let service) = target.credential {
            RequestSigning.sign(&head, body: body, keys: keys, region: region, service: service, at: call.wallClock)
        }
        return head
    }

    private static func add(_ own: CallerCredential, to headers: inout HTTPHeaders) {
        if let bearer = own.bearer { headers.add(name: "authorization", value: "Bearer \(bearer)") }
        if let key = own.apiKey { headers.add(name: "x-api-key", value: key) }
    }

    private static func addCredential(_ target: ProviderTarget, _ headers: inout HTTPHeaders, _ uri: inout String) {
        switch target.credential {
        case .none, .signature: break
        case .bearer(let key): headers.add(name: "authorization", value: "Bearer \(key)")
        case .token(let token): headers.add(name: "authorization", value: "Bearer \(token.current)")
        case .query(let name, let value): uri += "\(uri.contains("?") ? "&" : "?")\(name)=\(value)"
        case .header(let name, let value): headers.replaceOrAdd(name: name, value: value)
        }
        // Anthropic refuses a request without a version; SDKs send theirs.
        if target.dialect == .anthropic, !headers.contains(name: "anthropic-version") {
            headers.add(name: "anthropic-version", value: "2023-06-01")
        }
    }

    /// What any provider may be told of a caller: not its SDK's own headers, which belong to the other dialect.
    private static func generic(_ headers: HTTPHeaders) -> HTTPHeaders {
        var kept: HTTPHeaders = ["content-type": "application/json"]
        for (name, value) in headers where name.isSame("user-agent") || name.isSame("traceparent")
            || name.isSame("tracestate") || name.isSame("baggage")
        {
            kept.add(name: name, value: value)
        }
        return kept
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
