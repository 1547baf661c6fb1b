import NIOHTTP1

extension SignalboxClient {
    /// A page of recorded calls, newest first unless the filter says otherwise.
    public func requests(_ filter: RequestFilter = RequestFilter()) async throws(SignalboxError) -> Page<RequestSummary>
    {
        try await value(Self.listCall(filter))
    }

    /// One recorded call with its content. Throws an error of status 404 where there is none.
    public func request(_ id: String) async throws(SignalboxError) -> RequestDetail {
        try await value(Self.detailCall(id))
    }

    /// Calls as they are recorded, from now on. Of `filter` what pages and orders is ignored.
    ///
    /// The connection is made when iteration begins and ends with it. It throws `deadline_exceeded` where the server
    /// has gone silent.
    public func liveRequests(_ filter: RequestFilter = RequestFilter()) -> LiveRequests {
        LiveRequests(events: liveEvents(filter))
    }

    /// Cost, traffic, tokens, errors and latency over time.
    public func summary(_ query: SummaryQuery = SummaryQuery()) async throws(SignalboxError) -> Summary {
        try await value(APICall(.GET, "/summary", query: query.query))
    }

    /// Every key, without secrets.
    public func keys() async throws(SignalboxError) -> [APIKey] {
        try await all(Self.keysCall)
    }

    /// Makes a key. The answer is the only place where its secret is shown.
    public func createKey(_ key: NewKey) async throws(SignalboxError) -> CreatedKey {
        try await value(Self.createCall(key))
    }

    /// Revokes a key, at once and for good; its records stay.
    public func revokeKey(_ id: String) async throws(SignalboxError) {
        _ = try await bytes(APICall(.DELETE, "/keys/\(percentEncoded(id))"))
    }

    /// Every model that is served, with its price.
    public func models() async throws(SignalboxError) -> [ModelInfo] {
        try await all(Self.modelsCall)
    }

    /// How the server is.
    public func status() async throws(SignalboxError) -> ServerStatus {
        try await value(APICall(.GET, "/status"))
    }

    /// Whether the server is ready; needs no key. While it starts or stops, the answer says that.
    public func health() async throws(SignalboxError) -> Health {
        var call = APICall(.GET, "/health")
        call.alsoAccepts = 503
        return try await value(call)
    }

    /// Has the server read its configuration again, without dropping a request.
    public func reload() async throws(SignalboxError) -> ReloadResult {
        try await value(APICall(.POST, "/reload"))
    }
}

extension SignalboxClient {
    /// The call of ``requests(_:)``.
    package static func listCall(_ filter: RequestFilter) -> APICall {
        APICall(.GET, "/requests", query: filter.query(paging: true))
    }

    /// The call of ``request(_:)``.
    package static func detailCall(_ id: String) -> APICall { APICall(.GET, "/requests/\(percentEncoded(id))") }

    /// The call of ``keys()``. A thousand is the most a list gives at once.
    package static let keysCall = APICall(.GET, "/keys", query: [QueryItem("limit", "1000")])

    /// The call of ``createKey(_:)``.
    package static func createCall(_ key: NewKey) throws(SignalboxError) -> APICall {
        APICall(.POST, "/keys", body: try encode(key))
    }

    /// The call of ``models()``.
    package static let modelsCall = APICall(.GET, "/models", query: [QueryItem("limit", "1000")])

    /// Every element of a list, page by page. A hundred pages are a hundred thousand elements: more is a server that
    /// gives the same page for ever.
    func all<Element: Codable & Sendable>(_ call: APICall) async throws(SignalboxError) -> [Element] {
        var elements: [Element] = []
        var cursor: String?
        for _ in 0..<100 {
            var next = call
            if let cursor { next.query.append(QueryItem("cursor", cursor)) }
            let page = try await value(next, as: Page<Element>.self)
            elements += page.data
            cursor = page.nextCursor
            if cursor == nil { return elements }
        }
        throw SignalboxError(status: 0, code: "invalid_answer", message: "The list has no end.")
    }
}
