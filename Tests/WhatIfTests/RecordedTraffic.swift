import Catalog
import Routing
import Vocabulary
import WhatIf

/// Recorded calls and changed plans, made up.
enum Traffic {
    static let cheap = ReplayTarget(provider: "cheap", model: "small")
    static let dear = ReplayTarget(provider: "dear", model: "large")
    static let start: UnixMicroseconds = 1_800_000_000_000_000

    /// A call to `dear` that read a million tokens, so that it cost its price per million.
    static func call(
        _ number: Int, target: ReplayTarget = dear, model: String = "smart", duration: Microseconds = 100_000,
        outcome: CallOutcome = .ok, body: UInt64? = nil
    ) -> RecordedCall {
        var usage = TokenUsage()
        usage.uncachedInput = 1_000_000
        return RecordedCall(
            request: RouteRequest(model: model, inputTokens: usage.totalInput), at: start + Int64(number) * 1_000_000,
            route: model, target: target, cost: Money(nanodollars: price(of: target)), usage: usage,
            duration: duration, admitted: 500, outcome: outcome, bodyKey: body.map { ID128(high: 0, low: $0) })
    }

    static func price(of target: ReplayTarget) -> Int64 { target == dear ? 10_000_000_000 : 1_000_000_000 }

    /// The catalogue's view of a target with its price, or another one.
    static func model(_ target: ReplayTarget, price: Int64? = nil) -> CatalogModel {
        var prices = BucketPrices()
        prices[.uncachedInput] = price ?? self.price(of: target)
        prices[.outputText] = 0
        let tier = PriceTier(plan: .standard, aboveInputTokens: 0, prices: prices)
        let row = PriceRow(version: "1", effectiveFrom: 0, source: .catalog, tiers: [tier])
        return CatalogModel(provider: target.provider, name: target.model, prices: [row])
    }

    /// A route named `smart` over these targets.
    static func route(
        _ strategy: Strategy = .fallback, _ members: [(target: ReplayTarget, weight: Double)]
    ) throws -> ChangedPlan.Route {
        let nodes = members.map { member in
            RouteMember(
                .target(TargetReference(provider: member.target.provider, model: member.target.model)),
                weight: member.weight)
        }
        let definition = RouteDefinition(name: "smart", root: .group(RouteGroup(strategy, members: nodes)))
        let compiled = try CompiledRoute(definition, resolve: { _ in (TargetFacts(), TargetHealth()) })
        let targets = compiled.targets.map {
            ReplayTarget(provider: $0.reference.provider, model: $0.reference.model ?? "")
        }
        return ChangedPlan.Route(compiled: compiled, targets: targets)
    }

    static func plan(_ route: ChangedPlan.Route?) -> ChangedPlan {
        ChangedPlan(routes: route.map { ["smart": $0] } ?? [:], model: { model($0) })
    }
}
