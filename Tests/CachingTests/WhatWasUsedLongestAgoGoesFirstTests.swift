import Caching
import Testing
import Vocabulary

@Suite struct WhatWasUsedLongestAgoGoesFirstTests {
    private let scope = CacheScope(project: "p", route: "r")

    @Test func roomIsMadeInTheOrderOfUse() {
        let cache = ExactCache(maximumBytes: 3 * 612)
        let hundred = String(repeating: "x", count: 100)
        for number in 1...3 { cache.store(answer(hundred), under: id(UInt64(number)), in: scope) }
        #expect(cache.find(id(1), ttlSeconds: 100, now: 0).answer != nil)
        let evicted = cache.store(answer(hundred), under: id(4), in: scope)
        #expect(evicted == [scope])
        #expect(cache.find(id(2), ttlSeconds: 100, now: 0).answer == nil)
        for number: UInt64 in [1, 3, 4] { #expect(cache.find(id(number), ttlSeconds: 100, now: 0).answer != nil) }
        #expect(cache.bytes == 3 * 612)
    }

    @Test func agesEnd() {
        let cache = ExactCache(maximumBytes: 1 << 20)
        cache.store(answer(at: 10, ttl: 50), under: id(1), in: scope)
        #expect(cache.find(id(1), ttlSeconds: 100, now: 59_999_999).answer != nil)
        // A caller that wants it younger does not get it, and does not take it from others.
        #expect(cache.find(id(1), ttlSeconds: 5, now: 20_000_000).answer == nil)
        #expect(cache.find(id(1), ttlSeconds: 20, now: 20_000_000).answer != nil)
        let late = cache.find(id(1), ttlSeconds: 100, now: 60_000_000)
        #expect(late.answer == nil && late.expired == 1)
        #expect(cache.bytes == 0)
    }

    @Test func bucketsFillBeforeTheyGive() {
        let cache = ExactCache(maximumBytes: 1 << 20)
        cache.store(answer(source: 1), under: id(1), in: scope, bucket: 2)
        #expect(cache.find(id(1), ttlSeconds: 100, bucket: 2, now: 0).answer == nil)
        cache.store(answer(source: 2), under: id(1), in: scope, bucket: 2)
        let found = (0..<10).compactMap {
            cache.find(id(1), ttlSeconds: 100, bucket: 2, now: 0, random: UInt64($0)).answer?.source.low
        }
        #expect(Set(found) == [1, 2])
        // A refresh takes the place of all.
        cache.store(answer(source: 3), under: id(1), in: scope, bucket: 2, replaces: true)
        #expect(cache.find(id(1), ttlSeconds: 100, bucket: 1, now: 0).answer?.source.low == 3)
    }

    @Test func whatIsTooLongIsNotKept() {
        let cache = ExactCache(maximumBytes: 1_000)
        cache.store(answer(String(repeating: "x", count: 900)), under: id(1), in: scope)
        #expect(cache.bytes == 0)
    }

    @Test func purgesKeepToTheirScope() {
        let cache = AnswerCache(CacheLimits(maximumBytes: 1 << 20))
        let scopes = [
            CacheScope(project: "p", route: "a"), CacheScope(project: "p", namespace: "n", route: "a"),
            CacheScope(project: "p", route: "b"), CacheScope(project: "q", route: "a"),
        ]
        for (number, scope) in scopes.enumerated() { cache.exact.store(answer(), under: id(UInt64(number)), in: scope) }
        #expect(cache.purge(project: "p", route: "a", namespace: "n") == 1)
        #expect(cache.purge(project: "p", route: "a") == 1)
        #expect(cache.purge(project: "p") == 1)
        #expect(cache.report(project: "p").isEmpty)
        #expect(cache.report(project: "q").map(\.entries) == [1])
    }

    /// Random stores, look-ups and purges against a list that does the same slowly.
    @Test(arguments: [1, 2, 3] as [UInt64]) func agreesWithASlowModel(seed: UInt64) {
        var random = Seeded(state: seed)
        let limit = 20 * 612
        let cache = ExactCache(maximumBytes: limit)
        var model: [(key: UInt64, size: Int)] = []
        for step in 0..<20_000 {
            let number = UInt64.random(in: 0..<40, using: &random)
            let place = model.firstIndex { $0.key == number }
            if Bool.random(using: &random) {
                let size = Int.random(in: 0...200, using: &random)
                cache.store(answer(String(repeating: "y", count: size)), under: id(number), in: scope)
                if let place { model.remove(at: place) }
                model.append((number, size + 512))
                while model.reduce(0, { $0 + $1.size }) > limit { model.removeFirst() }
            } else {
                let found = cache.find(id(number), ttlSeconds: 100, now: 0).answer
                #expect((found != nil) == (place != nil), "step \(step)")
                if let place { model.append(model.remove(at: place)) }
            }
        }
        #expect(cache.bytes == model.reduce(0) { $0 + $1.size })
    }
}
