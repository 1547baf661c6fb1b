import Caching
import NIOHTTP1
import Vocabulary

/// What the answer's headers say about the cache, in our words and in those of the door that the call came through.
enum CacheFacts {
    static func add(_ call: Call, to headers: inout HTTPHeaders) {
        guard let verdict = call.caching?.verdict ?? call.cacheVerdict else { return }
        headers.add(name: "x-signalbox-cache", value: verdict.header)
        if let stored = call.caching?.served {
            headers.add(name: "age", value: String(stored.age(at: call.wallClock)))
            headers.add(name: "x-signalbox-cache-source", value: stored.source.uuid)
        }
        if verdict == .semanticHit, let similarity = call.caching?.similarity {
            headers.add(name: "x-signalbox-cache-similarity", value: fourDecimals(similarity))
        }
        switch call.door {
        case .openrouter: addOpenRouter(call, verdict, to: &headers)
        case .litellm: addLiteLLM(call, verdict, to: &headers)
        case .own, .portkey, .helicone: break
        }
    }

    private static func addOpenRouter(_ call: Call, _ verdict: CacheVerdict, to headers: inout HTTPHeaders) {
        guard verdict != .bypass else { return }
        headers.add(name: "x-openrouter-cache-status", value: verdict.isServed ? "HIT" : "MISS")
        if let rules = call.caching?.rules {
            headers.add(name: "x-openrouter-cache-ttl", value: String(rules.ttlSeconds))
        }
        guard let stored = call.caching?.served else { return }
        headers.add(name: "x-openrouter-cache-age", value: String(stored.age(at: call.wallClock)))
        headers.add(name: "x-openrouter-cache-source-id", value: stored.source.uuid)
    }

    private static func addLiteLLM(_ call: Call, _ verdict: CacheVerdict, to headers: inout HTTPHeaders) {
        guard verdict.isServed, let caching = call.caching else { return }
        headers.add(name: "x-litellm-cache-key", value: caching.key.hex)
        if let similarity = caching.similarity {
            headers.add(name: "x-litellm-semantic-similarity", value: fourDecimals(similarity))
        }
    }

    private static func fourDecimals(_ value: Double) -> String { String((value * 10_000).rounded() / 10_000) }
}

extension CacheVerdict {
    /// Answered without its provider.
    var isServed: Bool {
        switch self {
        case .hit, .semanticHit, .coalesced: true
        case .miss, .bypass, .refresh: false
        }
    }

    /// `semantic-hit` and the like.
    fileprivate var header: String { rawValue.replacing("_", with: "-") }
}

extension Call {
    /// One of a product's three words for what the cache did.
    func cacheStatus(hit: String, miss: String, off: String) -> String {
        guard let verdict = caching?.verdict ?? cacheVerdict, verdict != .bypass else { return off }
        return verdict.isServed ? hit : miss
    }

    /// Portkey has words for each case.
    var portkeyCacheStatus: String {
        switch caching?.verdict ?? cacheVerdict {
        case .hit, .coalesced: "HIT"
        case .semanticHit: "SEMANTIC HIT"
        case .refresh: "REFRESH"
        case .miss: caching?.said == nil ? "MISS" : "SEMANTIC MISS"
        case .bypass, nil: "DISABLED"
        }
    }
}
