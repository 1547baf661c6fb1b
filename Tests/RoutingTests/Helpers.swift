import Bytes
import Routing
import Testing
import Vocabulary

/// Lends the view of a JSON text.
func withJSON<Result>(_ text: String, _ body: (JSONView) throws -> Result) throws -> Result {
    try Array(text.utf8).withUnsafeBytes { try body(JSONView.parse($0)) }
}

/// The fault that `body` throws, `nil` if it throws none.
func fault(_ body: () throws -> Void) -> RouteFault? {
    do {
        try body()
        return nil
    } catch {
        return error as? RouteFault
    }
}

func definition(_ text: String) throws -> RouteDefinition { try withJSON(text) { try RouteDefinition(json: $0) } }

func condition(_ text: String) throws -> Condition { try withJSON(text) { try Condition(json: $0) } }

/// What `write` puts into a writer, as text.
func written(_ write: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    write(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
}

/// The same numbers for the same seed on every machine (SplitMix64, Steele et al. 2014).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

let second: UInt64 = 1_000_000_000

/// A small world of providers whose facts and health a test sets.
final class World {
    var facts: [String: TargetFacts] = [:]
    var routes: [String: RouteNode] = [:]
    var definitions: [String: RouteDefinition] = [:]
    let board = HealthBoard()

    func compile(_ definition: RouteDefinition) throws -> CompiledRoute {
        try CompiledRoute(
            definition,
            resolve: { reference in
                if reference.provider == "nowhere" { return nil }
                return (self.facts[reference.provider] ?? TargetFacts(), self.board.health(for: reference.id))
            }, expand: { name in self.routes[name].map { RouteDefinition(name: name, root: $0) } ?? self.definitions[name] })
    }

    func compile(_ text: String) throws -> CompiledRoute { try compile(definition(text)) }

    /// Makes a target fail until its breaker opens.
    func breakDown(_ id: String, now: UInt64 = 0) {
        let health = board.health(for: id)
        for _ in 0..<5 { health.ended(health.began(now: now), HealthSample(.failure(.serverError)), now: now) }
    }
}

extension CompiledRoute {
    func decide(
        _ request: RouteRequest = RouteRequest(model: "m"), now: UInt64 = second, seed: UInt64 = 1
    ) -> RoutingDecision {
        var random = SeededGenerator(seed: seed)
        return Router.decide(request, facts: CallFacts(request), route: self, now: now, random: &random)
    }

    /// The labels of a decision's attempts, in order.
    func labels(_ decision: RoutingDecision) -> [String] {
        decision.attempts.map { targets[$0.target].reference.label }
    }

    /// The reasons of a decision by the target's label.
    func reasons(_ decision: RoutingDecision) -> [String: String] {
        var reasons: [String: String] = [:]
        for one in decision.considered {
            if case .ruledOut(let reason) = one.verdict { reasons[one.label] = reason.code }
        }
        return reasons
    }
}

/// The headers of a call.
func headers(_ pairs: [(String, String)]) -> HeaderList { HeaderList(pairs.map { (name: $0.0, value: $0.1) }) }
