import Access
import Bytes
import Catalog
import ControlAPI
import Gateway
import Routing
import Settings
import Vocabulary
import WhatIf

/// What somebody wants changed, as the API takes it.
struct WhatIfChanges {
    private var routes: [RouteDefinition] = []
    private var prices: [PriceOverride] = []
    private var cache: [String: Microseconds] = [:]

    /// - Throws: `TrafficReplayError` that names the place and the mend.
    init(json: [UInt8]) throws {
        try json.withUnsafeBytes { bytes in
            for (key, value) in JSONView(validated: bytes).members {
                switch key {
                case "routes": try readRoutes(value)
                case "prices": try readPrices(value)
                case "cache": try readCache(value)
                default:
                    let hint = NearestName.hint(key.string, in: ["routes", "prices", "cache"])
                    throw TrafficReplayError(
                        message: "changes.\(key.string) is not known\(hint). Known: routes, prices, cache.")
                }
            }
        }
    }

    /// The plan in force with the changes, made apart from it.
    func plan(_ compiler: PlanCompiler) throws -> ChangedPlan {
        let names = Set(routes.map(\.name))
        let catalog = prices.isEmpty ? compiler.catalog : compiler.catalog.applying(prices)
        let stored = compiler.storedRoutes.filter { !names.contains($0.name) } + routes
        let changed: PlanCompiler
        do { changed = try compiler.apart(catalog: catalog, storedRoutes: stored) } catch let error as StartupError {
            throw TrafficReplayError(message: "changes.routes: \(error.message)")
        }
        let plan = changed.plan(keys: .empty, generation: 1)
        return ChangedPlan(
            routes: affected(plan), repriced: Set(prices.map { ReplayTarget(provider: $0.provider, model: $0.model) }),
            cacheTTL: cache,
            model: { plan.catalogModel(provider: $0.provider, upstreamModel: $0.model) })
    }

    /// The changed routes, and those that lead to them. Changed prices change the order of routes that compare them.
    private func affected(_ plan: GatewayPlan) -> [String: ChangedPlan.Route] {
        let changed = Set(routes.flatMap { [$0.name] + $0.aliases })
        var affected: [String: ChangedPlan.Route] = [:]
        for (name, route) in plan.routes {
            guard let compiled = route.compiled else { continue }
            let root = compiled.definition.root
            let isChanged = changed.contains(name) || root.leads(to: changed, plan.builder, depth: 0)
            guard isChanged || (!prices.isEmpty && root.comparesPrices) else { continue }
            let targets = route.targets.map {
                ReplayTarget(provider: $0.provider.name, model: $0.upstreamModel)
            }
            affected[name] = ChangedPlan.Route(compiled: compiled, targets: targets)
        }
        return affected
    }
}

// Reading.
extension WhatIfChanges {
    private mutating func readRoutes(_ view: JSONView) throws {
        guard view.kind == .object else { throw Self.expected("changes.routes", "an object of definitions by name") }
        for (key, value) in view.members {
            do {
                routes.append(try RouteText.definition([UInt8](value.raw), named: key.string).route)
            } catch RouteControlError.invalid(let message) {
                throw TrafficReplayError(message: "changes.routes.\(key.string): \(message)")
            }
        }
    }

    private mutating func readPrices(_ view: JSONView) throws {
        guard view.kind == .array else { throw Self.expected("changes.prices", "a list of prices") }
        for (place, element) in view.elements.enumerated() {
            prices.append(try Self.price(element, at: "changes.prices[\(place)]"))
        }
    }

    /// Dollars per million units, as numbers or texts.
    private static func price(_ view: JSONView, at place: String) throws -> PriceOverride {
        var rates: [String: String] = [:]
        for (key, value) in view.members where key != "provider" && key != "model" {
            rates[key.string] = value.string ?? String(decoding: value.raw, as: UTF8.self)
        }
        guard let provider = view["provider"]?.string, let model = view["model"]?.string else {
            throw expected(place, "an object with `provider`, `model` and prices, such as `input` and `output`")
        }
        do throws(CatalogError) {
            return try PriceOverride(provider: provider, model: model, dollarsPerMillion: rates)
        } catch {
            throw TrafficReplayError(message: "\(place): \(error)")
        }
    }

    private mutating func readCache(_ view: JSONView) throws {
        let rules = view.kind == .array ? view.elements.map(\.self) : [view]
        for (place, rule) in rules.enumerated() {
            let name = view.kind == .array ? "changes.cache[\(place)]" : "changes.cache"
            guard let route = rule["route"]?.string, let ttl = rule["ttl"]?.string.flatMap(DurationText.nanoseconds)
            else { throw Self.expected(name, "an object with `route` and `ttl`, such as \"10m\"") }
            cache[route] = Int64(ttl / 1_000)
        }
    }

    private static func expected(_ place: String, _ what: String) -> TrafficReplayError {
        TrafficReplayError(message: "\(place) must be \(what).")
    }
}

extension RouteNode {
    /// Whether it links to one of these names, directly or through other routes.
    fileprivate func leads(to names: Set<String>, _ builder: RouteBuilder, depth: Int) -> Bool {
        guard depth < 16 else { return false }
        switch self {
        case .target: return false
        case .group(let group): return group.members.contains { $0.node.leads(to: names, builder, depth: depth + 1) }
        case .route(let link):
            if names.contains(link.name) { return true }
            return builder.definition(named: link.name)?.root.leads(to: names, builder, depth: depth + 1) ?? false
        }
    }

    fileprivate var comparesPrices: Bool {
        guard case .group(let group) = self else { return false }
        return group.strategy == .cheapest || group.members.contains { $0.node.comparesPrices }
    }
}
