import NIOCore
import NIOHTTP1

/// One request, as far as every endpoint needs it.
struct Exchange {
    var method: String
    /// Without the query and without a fault written into it.
    var path: String
    /// What stands behind the question mark.
    var query: String
    var dialect: Dialect
    /// 16 hexadecimal digits: a function of seed and body, so that equal requests get equal ids.
    var id: String
    /// The caller's key, whichever header it came in; `nil` without one.
    var key: String?
    /// The faults of the path and of the header.
    var pathFault: String?
    var headerFault: String?

    init(_ head: HTTPRequestHead, body: UnsafeRawBufferPointer, seed: UInt64) {
        let parts = head.uri.split(separator: "?", maxSplits: 1).map(String.init)
        let whole = parts.first ?? "/"
        query = parts.count > 1 ? parts[1] : ""
        (path, pathFault) = FaultSource.split(path: whole)
        method = head.method.rawValue
        dialect = Dialect(path: path, anthropicVersion: head.headers.first(name: "anthropic-version"))
        var random = SeededRandom(seed: seed, bytes: body)
        id = random.hex()
        key = Self.key(head.headers, query)
        headerFault = head.headers.first(name: "x-sim-fault")
    }

    private static func key(_ headers: HTTPHeaders, _ query: String) -> String? {
        let bearer = headers.first(name: "authorization").map { $0.hasPrefix("Bearer ") ? String($0.dropFirst(7)) : $0 }
        let inQuery = query.split(separator: "&").first { $0.hasPrefix("key=") }.map { String($0.dropFirst(4)) }
        let key = bearer ?? headers.first(name: "x-api-key") ?? headers.first(name: "x-goog-api-key") ?? inQuery
        return key?.isEmpty == false ? key : nil
    }

    /// Throws if there is no key, or one that says itself that it is invalid.
    func authenticate() throws(SimulatorFailure) {
        guard let key else {
            throw SimulatorFailure(401, "missing_api_key", "You didn't provide an API key. Any key will do.")
        }
        if key.contains("invalid") { throw SimulatorFailure(status: 401) }
    }
}
