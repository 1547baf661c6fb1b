package import NIOHTTP1

/// One call of the control API before it is sent.
package struct APICall: Sendable {
    package var method: HTTPMethod
    /// Under `/api/v1`, percent-encoded, with its leading slash.
    package var path: String
    package var query: [QueryItem]
    /// JSON.
    package var body: [UInt8]?
    /// A status beside 2xx whose body is an answer and no error.
    package var alsoAccepts: Int?

    /// A call of `path` under `/api/v1`.
    package init(_ method: HTTPMethod = .GET, _ path: String, query: [QueryItem] = [], body: [UInt8]? = nil) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
    }
}
