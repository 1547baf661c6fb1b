public import AsyncHTTPClient
import NIOCore

/// The Signalbox control API: what was called, what it cost, who may call.
///
/// ```swift
/// let signalbox = SignalboxClient(baseURL: "http://127.0.0.1:8080", key: key)
/// let page = try await signalbox.requests(RequestFilter(user: "ada", limit: 20))
/// for request in page.data { total += request.costNanodollars ?? 0 }
/// ```
///
/// A value to copy and share freely. Every call has a deadline and throws ``SignalboxError``. Calls to models don't go
/// through this client: they use the provider's own SDK with Signalbox's base URL.
public struct SignalboxClient: Sendable {
    /// Where the server is, without a trailing slash.
    let baseURL: String
    /// An admin key.
    let key: String
    let httpClient: HTTPClient
    /// The longest that one call may take.
    let timeout: Duration

    /// A client for the server at `baseURL`.
    ///
    /// - Parameters:
    ///   - baseURL: For example `http://127.0.0.1:8080`; the API's `/api/v1` is added.
    ///   - key: An admin key. It is sent in every call, so use `https` beyond the own machine.
    ///   - httpClient: Who makes the calls. With one of your own, set `timeout.read` above 15 s: it is what ends a
    ///     live tail whose server went silent.
    ///   - timeout: The longest that one call may take; a live tail has no end, only its silences do.
    public init(
        baseURL: String, key: String, httpClient: HTTPClient = SignalboxClient.sharedHTTPClient,
        timeout: Duration = .seconds(30)
    ) {
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.key = key
        self.httpClient = httpClient
        self.timeout = timeout
    }

    /// The HTTP client used where none is given. It lives as long as the process.
    ///
    /// A live tail hears from its server every 15 seconds, so 45 seconds of silence mean that it is gone.
    public static let sharedHTTPClient: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.timeout = .init(connect: .seconds(10), read: .seconds(45))
        configuration.redirectConfiguration = .disallow
        // A refused connection is an answer; trying again for ten seconds would only hide it.
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
    }()
}
