import Routing

/// The configuration of Helicone's AI gateway: each router becomes a route.
enum HeliconeImport {
    private static let known = ["providers", "routers", "helicone", "telemetry"]

    static func read(_ tree: ImportTree, into draft: inout ImportDraft) {
        for member in tree["providers"]?.members ?? [] {
            _ = provider(member.key, member.value, "providers.\(member.key)", &draft)
        }
        for member in tree["routers"]?.members ?? [] { router(member.key, member.value, tree, &draft) }
        for member in tree.members where !known.contains(member.key) && !member.value.isBlank {
            draft.note(.lost, member.key, reason(member.key))
        }
        draft.note(
            .changed, "headers",
            "Helicone-* headers of callers go on working at /compat/helicone/v1; those that change safety "
                + "are refused by name"
        )
    }

    private static func reason(_ key: String) -> String {
        switch key {
        case "cache-store", "cache": "give routes `cache` rules; no store has to be named"
        case "global", "rate-limit-store": "set limits on keys or projects"
        case "server": "set `listen` and `limits`"
        default: "has no counterpart here"
        }
    }

    // MARK: Providers

    private static func provider(
        _ name: String, _ tree: ImportTree?, _ place: String, _ draft: inout ImportDraft
    ) -> String? {
        if draft.hasProvider(name) { return name }
        let base = tree?.first("base-url", "base_url")?.text
        var provider = ImportDraft.Provider()
        if let preset = KnownProviders.preset(name) {
            provider = KnownProviders.provider(preset, place: place, &draft)
        } else if base != nil {
            provider.dialect = "openai"
            provider.apiKey = .variable(KnownProviders.variable(name, "API_KEY"))
        } else {
            draft.note(.lost, place, "`\(name)` is not known here, and there is no base-url")
            return nil
        }
        let usual = KnownProviders.preset(name).flatMap { KnownProviders.usualAddress($0) }
        if let base, !(usual ?? "").hasPrefix(base) {
            provider.baseURL = .text(KnownProviders.address(base, preset: provider.preset))
        }
        return draft.name(of: provider, wanted: name)
    }

    // MARK: Routers

    private static func router(_ name: String, _ tree: ImportTree, _ all: ImportTree, _ draft: inout ImportDraft) {
        let place = "routers.\(name)"
        let balance = tree.first("load-balance", "load_balance") ?? .mapping([])
        let kinds = balance.members.map(\.key)
        guard let kind = kinds.first(where: { $0 == "chat" }) ?? kinds.first, let rules = balance[kind] else {
            return draft.note(.lost, place, "has no load-balance rules")
        }
        for other in kinds where other != kind {
            draft.note(
                .lost, "\(place).load-balance.\(other)",
                "one route serves all kinds of calls; that of `\(kind)` was taken")
        }
        let here = "\(place).load-balance.\(kind)"
        let members = targets(rules, here, &draft)
        guard !members.isEmpty else { return draft.note(.lost, here, "names no provider or model that can be used") }
        var route = RouteDefinition(
            name: name, root: .group(RouteGroup(strategy(rules["strategy"]?.text, here, &draft), members: members)))
        if members.contains(where: { $0.node.asksForRouteName }) {
            draft.note(.todo, here, "targets without a model are asked for a model named `\(name)`; give them one")
        }
        retries(tree["retries"] ?? all["global"]?["retries"], place, &route, &draft)
        draft.addRoute(route)
        for member in tree.members where !["load-balance", "load_balance", "retries"].contains(member.key) {
            draft.note(.lost, "\(place).\(member.key)", routerReason(member.key))
        }
    }

    private static func routerReason(_ key: String) -> String {
        switch key {
        case "cache": "give the route `cache` rules"
        case "rate-limit", "rate_limit": "set limits on keys or projects"
        case "model-mappings", "model_mappings": "give the route's targets the models that they are to be asked for"
        default: "has no counterpart here"
        }
    }

    private static func strategy(_ text: String?, _ place: String, _ draft: inout ImportDraft) -> Strategy {
        switch text {
        case "weighted", "provider-weighted", "model-weighted": return .weighted
        case "latency", "model-latency", "provider-latency", nil: return .leastLatency
        case let other?:
            draft.note(.changed, "\(place).strategy", "`\(other)` is not known here; least_latency is used")
            return .leastLatency
        }
    }

    /// Entries are names, or objects with a name and a weight.
    private static func targets(_ rules: ImportTree, _ place: String, _ draft: inout ImportDraft) -> [RouteMember] {
        let entries = rules.first("providers", "models", "inner", "targets")?.elements ?? []
        return entries.enumerated().compactMap { at, entry in
            guard let name = entry.text ?? entry.first("model", "provider")?.text else { return nil }
            let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
            guard let provider = provider(parts[0], nil, "\(place)[\(at)]", &draft) else { return nil }
            return RouteMember(
                .target(TargetReference(provider: provider, model: parts.count > 1 ? parts[1] : nil)),
                weight: entry["weight"]?.number ?? 1)
        }
    }

    private static func retries(
        _ tree: ImportTree?, _ place: String, _ route: inout RouteDefinition, _ draft: inout ImportDraft
    ) {
        guard let tree else { return }
        let attempts = tree.first("max-retries", "max_retries", "max-attempts")?.integer ?? 2
        route.retry.attempts = Int(min(Int64(RetryRules.mostAttempts), max(0, attempts)))
        if tree["strategy"]?.text == "constant" {
            draft.note(.changed, "\(place).retries.strategy", "waits here double and are random, whatever the strategy")
        }
    }
}
