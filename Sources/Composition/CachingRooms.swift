import Access
import Caching
import DataPlane
import NIOPosix
import Runtime
import Settings

/// The answer cache of a server and what it calls.
struct CachingRooms: Sendable {
    let cache: AnswerCache
    let caller: InternalCaller
    let services: CacheServices

    init(
        _ settings: Settings.Cache, keys: InternalKeys, group: MultiThreadedEventLoopGroup, time: any TimeSource
    ) {
        cache = AnswerCache(settings.limits)
        caller = InternalCaller(keys: keys, group: group)
        services = CachingCalls(settings.semantic, caller: caller, cache: cache, time: time).services
    }
}

extension Settings.Cache {
    /// As the cache takes them.
    fileprivate var limits: CacheLimits {
        var defaults = CacheRules.Defaults()
        defaults.ttlSeconds = ttl.components.seconds
        defaults.threshold = semantic.threshold
        return CacheLimits(
            maximumBytes: maxBytes, maximumVectors: semantic.maxVectors, defaults: defaults,
            goals: FalseHitMeter.Goals(target: semantic.target, sample: semantic.sample)
        )
    }
}
