import Caching
import Routing
import Testing

@Suite struct RoutesAndCallersDecideTests {
    private func rules(_ outcome: CacheRules.Outcome) -> CacheRules? {
        if case .used(let rules) = outcome { rules } else { nil }
    }

    private func resolve(_ route: CacheDirectives?, _ caller: CacheDirectives) -> CacheRules.Outcome {
        CacheRules.resolve(route: route, caller: caller, defaults: CacheRules.Defaults())
    }

    @Test func nothingIsCachedUnlessAsked() {
        #expect(resolve(nil, CacheDirectives()) == .unused)
        // Saying how long is not asking.
        #expect(resolve(nil, CacheDirectives(ttlSeconds: 5)) == .unused)
        #expect(resolve(CacheDirectives(enabled: false), CacheDirectives()) == .unused)
    }

    @Test func callersMayAskAndForbid() {
        #expect(rules(resolve(nil, CacheDirectives(enabled: true)))?.mode == .exact)
        #expect(rules(resolve(nil, CacheDirectives(mode: .semantic)))?.mode == .semantic)
        #expect(resolve(CacheDirectives(enabled: true), CacheDirectives(enabled: false)) == .bypassed)
    }

    @Test func callersWinOverRoutes() throws {
        let route = CacheDirectives(enabled: true, mode: .semantic, ttlSeconds: 60, namespace: "n")
        let found = try #require(rules(resolve(route, CacheDirectives(mode: .exact, ttlSeconds: 5, refresh: true))))
        #expect(found.mode == .exact && found.ttlSeconds == 5 && found.namespace == "n")
        #expect(!found.looksUp && found.stores)
    }

    @Test func thresholdsOnlyRise() throws {
        let route = CacheDirectives(enabled: true, mode: .semantic, semanticThreshold: 0.9)
        let low = try #require(rules(resolve(route, CacheDirectives(semanticThreshold: 0.6))))
        let high = try #require(rules(resolve(route, CacheDirectives(semanticThreshold: 0.97))))
        #expect(low.threshold == 0.9 && high.threshold == 0.97)
    }

    @Test func neitherLookingNorStoringIsABypass() {
        let wish = CacheDirectives(enabled: true, noStore: true, refresh: true)
        #expect(resolve(nil, wish) == .bypassed)
        #expect(resolve(nil, CacheDirectives(enabled: true, ttlSeconds: 0)) == .bypassed)
    }

    @Test(arguments: [
        (#""exact""#, CacheDirectives(enabled: true, mode: .exact)),
        ("false", CacheDirectives(enabled: false)),
        (
            #"{"mode":"semantic","ttl":"2h","namespace":"n","threshold":0.9,"bucket":3}"#,
            CacheDirectives(
                enabled: true, mode: .semantic, ttlSeconds: 7_200, namespace: "n", semanticThreshold: 0.9,
                bucketSize: 3)
        ),
        (#"{"ttl":60}"#, CacheDirectives(enabled: true, ttlSeconds: 60)),
    ])
    func routesAreRead(json: String, expected: CacheDirectives) throws {
        #expect(try RouteCache.read(json) == expected)
    }

    @Test(arguments: [
        (#""fuzzy""#, "cache"), (#"{"ttl":"soon"}"#, "cache.ttl"), (#"{"threshold":2}"#, "cache.threshold"),
        (#"{"bucket":0}"#, "cache.bucket"), (#"{"max_age":1}"#, "cache.max_age"), ("[1]", "cache"), ("{", "cache"),
        (#"{"mode":1}"#, "cache.mode"), (#"{"namespace":""}"#, "cache.namespace"),
    ])
    func mistakesAreNamed(json: String, place: String) {
        #expect { try RouteCache.read(json) } throws: { ($0 as? RouteFault)?.path == place }
    }
}
