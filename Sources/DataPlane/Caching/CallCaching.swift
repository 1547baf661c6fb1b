import Caching
import Vocabulary

/// What one call has to do with the answer cache. Made where the cache takes part, before the call is admitted.
struct CallCaching {
    /// Where the call stands with others that ask the same.
    enum Sharing {
        case none
        case waits(Coalescer.Ticket)
        case leads(Coalescer.Ticket)
    }

    /// The last thing that the user said, for look-ups by meaning.
    struct Said {
        var text: String
        /// The key of all requests that differ in nothing else.
        var family: CacheKey
        /// Once it is known.
        var vector: UnitVector?
    }

    /// What the caller gets instead of a provider's answer.
    enum Output {
        case whole([UInt8])
        case stream([[UInt8]])
    }

    let cache: AnswerCache
    let scope: CacheScope
    let key: CacheKey
    /// `nil` where answers are only shared between calls in flight.
    let rules: CacheRules?
    var said: Said?
    var sharing = Sharing.none
    /// `nil` while nothing has become of it, and for calls that only may share.
    var verdict: CacheVerdict?
    var served: StoredAnswer?
    var output: Output?
    var similarity: Double?
    /// The threshold of a semantic hit.
    var threshold: Double?

    init(cache: AnswerCache, scope: CacheScope, key: CacheKey, rules: CacheRules?) {
        self.cache = cache
        self.scope = scope
        self.key = key
        self.rules = rules
        verdict = rules.map { $0.looksUp ? .miss : .refresh }
    }
}
