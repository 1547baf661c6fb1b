import Routing

/// LiteLLM's model groups with their fallbacks as models and routes.
struct LiteLLMRoutes {
    private let tree: ImportTree
    private let groups: [(name: String, targets: [LiteLLMDeployment])]
    private let router: ImportTree
    private let settings: ImportTree

    init(_ tree: ImportTree, _ groups: [(name: String, targets: [LiteLLMDeployment])]) {
        self.tree = tree
        self.groups = groups
        router = tree["router_settings"] ?? .mapping([])
        settings = tree["litellm_settings"] ?? .mapping([])
    }

    /// Either place may hold these.
    private func setting(_ name: String) -> ImportTree? { router[name] ?? settings[name] }

    func write(into draft: inout ImportDraft) {
        let strategy = strategy(&draft)
        let aliases = aliases(&draft)
        for (name, targets) in groups {
            let fallbacks = names("fallbacks", name) ?? defaultFallbacks(name)
            let context = names("context_window_fallbacks", name) ?? []
            let policy = names("content_policy_fallbacks", name) ?? []
            let mine = aliases.filter { $0.target == name }.map(\.alias)
            let isPlain = targets.count == 1 && targets[0].isPlain && retries == nil
            if isPlain, fallbacks.isEmpty, context.isEmpty, policy.isEmpty, mine.isEmpty {
                draft.addModel(name, provider: targets[0].provider, upstream: targets[0].upstreamModel)
                continue
            }
            var route = RouteDefinition(name: name, root: root(targets, fallbacks, strategy))
            route.aliases = mine
            route.contextWindowFallback = context.map { .route(RouteLink($0)) }
            route.contentPolicyFallback = policy.map { .route(RouteLink($0)) }
            if let retries { route.retry = RetryRules(attempts: retries) }
            draft.addRoute(route)
        }
        checkLinks(aliases, &draft)
    }

    private var retries: Int? {
        setting("num_retries")?.integer.map { Int(min(Int64(RetryRules.mostAttempts), max(0, $0))) }.flatMap {
            $0 > 0 ? $0 : nil
        }
    }

    // MARK: Nodes

    private func root(_ targets: [LiteLLMDeployment], _ fallbacks: [String], _ strategy: Strategy) -> RouteNode {
        let group = RouteGroup(strategy, members: targets.map(\.node))
        if fallbacks.isEmpty { return targets.count == 1 ? targets[0].node.node : .group(group) }
        let first = targets.count == 1 ? targets[0].node : RouteMember(.group(group))
        return .group(RouteGroup(.fallback, members: [first] + fallbacks.map { RouteMember(.route(RouteLink($0))) }))
    }

    private func strategy(_ draft: inout ImportDraft) -> Strategy {
        let place = "router_settings.routing_strategy"
        switch router["routing_strategy"]?.text {
        case nil, "simple-shuffle": return .weighted
        case "least-busy": return .leastBusy
        case "latency-based-routing": return .leastLatency
        case "cost-based-routing": return .cheapest
        case "usage-based-routing", "usage-based-routing-v2":
            draft.note(.changed, place, "usage against deployment limits is not counted; least_busy is used")
            return .leastBusy
        case let other?:
            draft.note(.changed, place, "`\(other)` is not known here; weighted is used")
            return .weighted
        }
    }

    // MARK: Fallbacks

    /// The list of a group in `[{group: [names]}]`.
    private func names(_ key: String, _ group: String) -> [String]? {
        for entry in setting(key)?.elements ?? [] {
            guard let list = entry[group] else { continue }
            return list.elements.compactMap { $0.text ?? $0["model"]?.text }.filter { $0 != group }
        }
        return nil
    }

    private func defaultFallbacks(_ group: String) -> [String] {
        let names = setting("default_fallbacks")?.elements.compactMap(\.text) ?? []
        // A fallback of a fallback would turn in circles.
        return names.contains(group) ? [] : names
    }

    private func aliases(_ draft: inout ImportDraft) -> [(alias: String, target: String)] {
        (router["model_group_alias"]?.members ?? []).compactMap { member in
            guard let target = member.value.text ?? member.value["model"]?.text else { return nil }
            if !groups.contains(where: { $0.name == target }) {
                draft.note(.lost, "router_settings.model_group_alias.\(member.key)", "there is no model `\(target)`")
            }
            return (member.key, target)
        }
    }

    /// Routes that link to a name that nobody serves could not be loaded.
    private func checkLinks(_ aliases: [(alias: String, target: String)], _ draft: inout ImportDraft) {
        let served = Set(groups.map(\.name) + aliases.map(\.alias))
        for key in ["fallbacks", "context_window_fallbacks", "content_policy_fallbacks"] {
            for entry in setting(key)?.elements ?? [] {
                for member in entry.members {
                    if !served.contains(member.key), member.key != "*" {
                        draft.note(.lost, key, "`\(member.key)` is no model of this file")
                    }
                    for name in member.value.elements.compactMap({ $0.text ?? $0["model"]?.text })
                    where !served.contains(name) && !name.contains("/") {
                        draft.note(.todo, key, "`\(name)` is no model of this file; add it or take it out of the route")
                    }
                }
            }
        }
    }
}
