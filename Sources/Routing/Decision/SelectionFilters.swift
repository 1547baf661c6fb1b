extension Selection {
    /// Why a target can't take the call, before any strategy looks at it. Size and health come last: they are what a
    /// call without any target left gets around, and nothing else may be got around with them.
    func ruledOut(_ target: CompiledTarget) -> RuledOut? {
        if let standing = target.standing { return standing }
        if let reason = target.facts.lacking(request) { return reason }
        if let reason = ruledOutByCaller(target) { return reason }
        if let reason = target.facts.outgrown(request) { return reason }
        return health[target.index].ruledOut(now: now)
    }

    private func ruledOutByCaller(_ target: CompiledTarget) -> RuledOut? {
        let preferences = request.preferences
        if preferences.leavesTargetsAlone { return nil }
        let facts = TargetedFacts(call: facts, target: target)
        if let rule = preferences.rules.first(where: { !$0.condition.holds(for: facts) }) { return rule.reason }
        guard preferences.requiresParameters, let supported = target.facts.supportedParameters else { return nil }
        let missing = request.parameterNames.subtracting(supported).subtracting(Self.neverOptional)
        return missing.min().map { .unsupportedParameter($0) }
    }

    /// Members that every provider takes, or that are the gateway's own business.
    private static var neverOptional: Set<String> {
        ["model", "messages", "input", "prompt", "stream", "stream_options", "user", "metadata", "provider", "models"]
    }

    /// The caller's wishes for the order, on top of the route's: the sort across models first, then the caller's
    /// providers, then those last that are known to be too slow.
    func wished(_ order: [Placed]) -> [Placed] {
        let preferences = request.preferences
        if preferences.leavesTargetsAlone { return order }
        var order = order
        if let sort = preferences.sort, sort.acrossModels {
            order = order.stablySorted { cost($0.target, sort.by) < cost($1.target, sort.by) }
        }
        if !preferences.providerOrder.isEmpty {
            order = order.stablySorted { rank($0.target) < rank($1.target) }
        }
        if !preferences.latencyLimits.isEmpty || !preferences.throughputLimits.isEmpty {
            let slow = order.map { isTooSlow($0.target) }
            order = zip(order, slow).filter { !$0.1 }.map(\.0) + zip(order, slow).filter(\.1).map(\.0)
        }
        guard !preferences.allowsFallbacks else { return order }
        if preferences.providerOrder.isEmpty { return Array(order.prefix(1)) }
        return order.filter { rank($0.target) < preferences.providerOrder.count }
    }

    /// What the sort compares; the least is the best.
    private func cost(_ target: Int, _ key: TargetSort.Key) -> Double {
        switch key {
        case .price: price(target)
        case .latency: load(target)
        case .throughput: -(route.targets[target].health.snapshot(now: now).throughputP50 ?? -.infinity)
        }
    }

    /// The place of the target's provider in the caller's order, behind all others where it is not in it.
    private func rank(_ target: Int) -> Int {
        let order = request.preferences.providerOrder
        let provider = route.targets[target].reference.provider.lowercased()
        return order.firstIndex { ProviderSlug($0).names(provider, route.targets[target].facts) } ?? order.count
    }

    private func isTooSlow(_ target: Int) -> Bool {
        let view = route.targets[target].health.snapshot(now: now)
        let isLate = request.preferences.latencyLimits.contains { limit in
            (limit.percentile <= 50 ? view.latencyP50 : view.latencyP95).map { Double($0) > limit.value } ?? false
        }
        return isLate
            || request.preferences.throughputLimits.contains { limit in
                (limit.percentile <= 50 ? view.throughputP50 : view.throughputP95).map { $0 < limit.value } ?? false
            }
    }
}

/// A provider as callers name it: `deepinfra`, or `deepinfra/fp8` for one of its variants.
struct ProviderSlug {
    let provider: String
    let variant: String?

    init(_ text: String) {
        let parts = text.lowercased().split(separator: "/", maxSplits: 1)
        provider = parts.first.map(String.init) ?? ""
        variant = parts.count > 1 ? String(parts[1]) : nil
    }

    /// Whether a target is meant. The provider's name is in lower case.
    func names(_ name: String, _ facts: TargetFacts) -> Bool {
        guard name == provider else { return false }
        guard let variant else { return true }
        return facts.quantization?.lowercased() == variant || facts.region?.lowercased() == variant
            || facts.tags.contains { $0.lowercased() == variant }
    }

    /// The same as a condition.
    var condition: Condition {
        let named = Condition.compare(.target(.provider), .equals, .string(provider))
        guard let variant else { return named }
        let value = ConditionValue.string(variant)
        return .all([
            named,
            .any([
                .compare(.target(.quantization), .equals, value), .compare(.target(.region), .equals, value),
                .compare(.target(.tag), .equals, value),
            ]),
        ])
    }
}
