/// What the answer cache did with a call. Raw values are stored and shown.
package enum CacheVerdict: String, Sendable, CaseIterable {
    /// Answered from the cache: the same request was stored.
    case hit
    /// Answered from the cache: a request that means the same was stored.
    case semanticHit = "semantic_hit"
    /// Answered together with an identical call that was already on its way.
    case coalesced
    /// Looked for and not found; the answer was stored where that is allowed.
    case miss
    /// Neither looked for nor stored, because the caller or the route says so.
    case bypass
    /// Not looked for; the new answer replaced what was stored.
    case refresh
}
