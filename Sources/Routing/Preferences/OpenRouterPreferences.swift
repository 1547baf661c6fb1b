package import Bytes
import Vocabulary

/// OpenRouter's members of a request's body, and the suffixes of its model names.
package enum OpenRouterPreferences {
    /// Top-level members that are OpenRouter's own.
    private static let members = [
        "models", "route", "provider", "session_id", "transforms", "plugins", "preset", "usage", "trace", "debug",
    ]

    /// - Parameter body: The request. Members that are not OpenRouter's are not looked at.
    /// - Throws: A fault for a member that can't be read, and for one that can't be honoured and matters.
    package static func read(body: JSONView) throws(RouteFault) -> RoutePreferences {
        var preferences = RoutePreferences()
        for (key, value) in body.members {
            let name = key.string
            guard members.contains(name), !value.isNull else { continue }
            if try read(name, RouteReader(value, at: name), into: &preferences) { preferences.strips.append(name) }
        }
        return preferences
    }

    /// Reads one member; false if it is somebody else's of the same name.
    private static func read(
        _ name: String, _ reader: RouteReader, into preferences: inout RoutePreferences
    ) throws(RouteFault) -> Bool {
        switch name {
        case "models": preferences.models = try reader.names().map { RouteLink($0) }
        case "route":
            guard try reader.string() == "fallback" else { throw reader.fault("Only \"fallback\" is known here.") }
        case "provider":
            guard reader.view.kind == .object else { return false }
            try OpenRouterProvider.read(reader, into: &preferences)
        case "session_id": preferences.session = try reader.name()
        case "transforms":
            if !reader.view.isEmptyContainer { preferences.drop(name, "prompts are not compressed") }
        case "plugins":
            if !reader.view.isEmptyContainer { preferences.drop(name, "plugins are OpenRouter's own") }
        case "preset":
            throw RouteFault(.refused, at: name, "Presets live at OpenRouter. Name a route that is configured here.")
        case "usage": guard reader.view.kind == .object else { return false }
        case "trace", "debug": preferences.drop(name, "not used here")
        default: return false
        }
        return true
    }

    /// Takes a wish off the end of a model's name, such as `:floor`. Only for names that no route has as they are:
    /// a colon is part of many models' names.
    ///
    /// - Returns: The name without the wish, and what it means; `nil` if there is none.
    package static func suffix(of model: String) -> (model: String, preferences: RoutePreferences)? {
        guard let colon = model.lastIndex(of: ":"), colon > model.startIndex else { return nil }
        let suffix = model[model.index(after: colon)...]
        var preferences = RoutePreferences()
        switch suffix {
        case "nitro": preferences.sort = TargetSort(.throughput)
        case "floor": preferences.sort = TargetSort(.price)
        case "free": preferences.rules = [OpenRouterProvider.priceRule(input: 0, output: 0)]
        case "exacto": preferences.drop("model:exacto", "targets are not ordered by the quality of tool calls")
        case "online": preferences.drop("model:online", "no web search is added")
        case "thinking": preferences.drop("model:thinking", "ask for reasoning by its own parameter")
        case "extended": preferences.drop("model:extended", "context windows are the targets' own")
        default: return nil
        }
        return (String(model[..<colon]), preferences)
    }
}

/// The `provider` object.
enum OpenRouterProvider {
    private static let known = [
        "order", "only", "ignore", "allow_fallbacks", "require_parameters", "data_collection", "zdr",
        "enforce_distillable_text", "quantizations", "sort", "preferred_min_throughput", "preferred_max_latency",
        "max_price",
    ]

    private enum DataCollection: String, CaseIterable {
        case allow
        case deny
    }

    static func read(_ reader: RouteReader, into preferences: inout RoutePreferences) throws(RouteFault) {
        let members = try RouteMembers(reader, only: known)
        preferences.providerOrder = try members["order"]?.names() ?? []
        preferences.allowsFallbacks = try members["allow_fallbacks"]?.bool() ?? true
        preferences.requiresParameters = try members["require_parameters"]?.bool() ?? false
        preferences.sort =
            try members["sort"].mapped { sort throws(RouteFault) in
                try Self.sort(sort, into: &preferences)
            } ?? nil
        preferences.latencyLimits = try limits(members["preferred_max_latency"], scale: 1e9)
        preferences.throughputLimits = try limits(members["preferred_min_throughput"], scale: 1)
        try filters(members, into: &preferences)
        try privacy(members, into: &preferences)
        try prices(members, into: &preferences)
    }

    private static func filters(
        _ members: RouteMembers, into preferences: inout RoutePreferences
    ) throws(RouteFault) {
        if let only = try members["only"]?.names(), !only.isEmpty {
            preferences.rules.append(TargetRule(slugs(only), else: .notInOnly))
        }
        if let ignored = try members["ignore"]?.names(), !ignored.isEmpty {
            preferences.rules.append(TargetRule(.not(slugs(ignored)), else: .ignoredByCaller))
        }
        guard let wanted = try members["quantizations"]?.names(), !wanted.isEmpty else { return }
        let known = Condition.compare(
            .target(.quantization), .isIn, .list(wanted.map { .string($0.lowercased()) })
        )
        let condition = wanted.contains("unknown") ? .any([known, .not(.exists(.target(.quantization)))]) : known
        preferences.rules.append(TargetRule(condition, else: .quantization))
    }

    private static func slugs(_ names: [String]) -> Condition { .any(names.map { ProviderSlug($0).condition }) }

    private static func privacy(
        _ members: RouteMembers, into preferences: inout RoutePreferences
    ) throws(RouteFault) {
        if try members["data_collection"]?.choice(DataCollection.self) == .deny {
            let condition = Condition.compare(.target(.dataCollection), .equals, .bool(false))
            preferences.rules.append(TargetRule(condition, else: .privacy))
        }
        if try members["zdr"]?.bool() == true {
            let condition = Condition.compare(.target(.zeroRetention), .equals, .bool(true))
            preferences.rules.append(TargetRule(condition, else: .privacy))
        }
        guard let distillable = members["enforce_distillable_text"], try distillable.bool() else { return }
        throw RouteFault(
            .refused, at: distillable.path, "It is not known which models' terms allow distillation. Leave it out."
        )
    }

    private static func prices(
        _ members: RouteMembers, into preferences: inout RoutePreferences
    ) throws(RouteFault) {
        guard let limit = members["max_price"] else { return }
        let prices = try RouteMembers(limit, only: ["prompt", "completion", "request", "image", "audio"])
        let rule = priceRule(input: try dollars(prices["prompt"]), output: try dollars(prices["completion"]))
        if rule.condition != .all([]) { preferences.rules.append(rule) }
        for name in ["request", "image", "audio"] where prices[name] != nil {
            preferences.drop("provider.max_price.\(name)", "only prices of tokens are compared")
        }
    }

    /// Targets at these prices at most, in nano-dollars per million tokens. A price that is not known is too high.
    static func priceRule(input: Double?, output: Double?) -> TargetRule {
        let parts = [(TargetField.inputPrice, input), (.outputPrice, output)].compactMap { field, price in
            price.map { Condition.compare(.target(field), .lessOrEqual, .number($0)) }
        }
        return TargetRule(.all(parts), else: .price)
    }

    /// Dollars per million tokens, a number or its text, in nano-dollars.
    private static func dollars(_ reader: RouteReader?) throws(RouteFault) -> Double? {
        guard let reader else { return nil }
        guard let value = ConditionValue(json: reader.view)?.number, 0...1e9 ~= value else {
            throw reader.fault("Dollars per million tokens are expected here, such as 0.5.")
        }
        return (value * 1e9).rounded()
    }

    /// A number stands for the median; an object has percentiles as its members.
    private static func limits(_ reader: RouteReader?, scale: Double) throws(RouteFault) -> [PercentileLimit] {
        guard let reader else { return [] }
        if reader.view.kind == .number {
            return [PercentileLimit(percentile: 50, value: try reader.double(0...1e9) * scale)]
        }
        let members = try RouteMembers(reader, only: ["p50", "p75", "p90", "p99"])
        var limits: [PercentileLimit] = []
        for percentile in [50, 75, 90, 99] {
            guard let value = try members["p\(percentile)"]?.double(0...1e9) else { continue }
            limits.append(PercentileLimit(percentile: percentile, value: value * scale))
        }
        return limits
    }

    private static func sort(
        _ reader: RouteReader, into preferences: inout RoutePreferences
    ) throws(RouteFault) -> TargetSort? {
        guard reader.view.kind == .object else { return try key(reader, into: &preferences).map { TargetSort($0) } }
        let members = try RouteMembers(reader, only: ["by", "partition"])
        guard let by = members["by"] else { throw reader.fault("Say what to sort by: {\"by\": \"price\"}.") }
        let partition = try members["partition"]?.string() ?? "model"
        guard partition == "model" || partition == "none" else {
            throw RouteFault(at: reader.below("partition"), "\"model\" or \"none\" is expected here.")
        }
        return try key(by, into: &preferences).map { TargetSort($0, acrossModels: partition == "none") }
    }

    private static func key(
        _ reader: RouteReader, into preferences: inout RoutePreferences
    ) throws(RouteFault) -> TargetSort.Key? {
        if try reader.string() == "exacto" {
            preferences.drop(reader.path, "targets are not ordered by the quality of tool calls")
            return nil
        }
        return try reader.choice(TargetSort.Key.self)
    }
}
