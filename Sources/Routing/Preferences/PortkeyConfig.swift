package import Bytes
import Vocabulary

/// Portkey's configurations, from a header or from a file that is imported.
package enum PortkeyConfig {
    static let known = [
        "strategy", "targets", "provider", "virtual_key", "name", "weight", "cache", "retry", "request_timeout",
        "override_params", "default_params", "drop_params", "on_status_codes",
    ]
    /// What would change who is called or what is let through: going on without it could be unsafe.
    private static let refused: [(name: String, mend: String)] = [
        ("api_key", "Keys are kept with the configured provider; name it by \"provider\" or \"virtual_key\"."),
        ("custom_host", "Addresses are kept with the configured provider; name it by \"provider\"."),
        ("prompt_id", "Prompts saved at Portkey are not known here. Send the messages themselves."),
        ("input_guardrails", "Guardrails can't be chosen per call here."),
        ("output_guardrails", "Guardrails can't be chosen per call here."),
        ("before_request_hooks", "Guardrails can't be chosen per call here."),
        ("after_request_hooks", "Guardrails can't be chosen per call here."),
        ("guardrails", "Guardrails can't be chosen per call here."),
    ]
    private static let refusedBeginnings = ["aws_", "vertex_", "azure_", "workers_ai_", "snowflake_"]

    /// Written as a number, so that braces in this file pair up.
    private static let openBrace: UInt8 = 0x7B

    /// What children take from the objects around them.
    struct Inherited {
        var provider: String?
        var model: String
        var parameters = ParameterEdits()
        var retry: RetryRules?
        var timeouts: AttemptTimeouts?
        var depth = 0
    }

    /// Reads a whole configuration.
    ///
    /// - Parameters:
    ///   - provider: The provider that targets without one are asked of, `nil` for none.
    ///   - model: The model that targets without one are asked for.
    package static func read(
        json: JSONView, at path: String = "", provider: String? = nil, model: String
    ) throws(RouteFault) -> RoutePreferences {
        var preferences = RoutePreferences()
        let inherited = Inherited(provider: provider, model: model)
        try read(RouteReader(json, at: path), inherited, into: &preferences)
        return preferences
    }

    /// A header's text: a configuration, or the name of a saved one, which is a route here.
    static func read(
        _ header: HeaderValue, provider: String?, model: String, into preferences: inout RoutePreferences
    ) throws(RouteFault) {
        guard header.text.utf8.first == Self.openBrace else {
            guard !header.text.isEmpty else { throw header.fault("The header is empty.") }
            preferences.node = .route(RouteLink(header.text))
            return
        }
        let read = try JSONHeader.read(header) { reader throws(RouteFault) in
            var found = RoutePreferences()
            try Self.read(reader, Inherited(provider: provider, model: model), into: &found)
            return found
        }
        // Headers of their own are said later and nearer to the call than the configuration.
        preferences = preferences.over(read)
    }

    private static func read(
        _ reader: RouteReader, _ inherited: Inherited, into preferences: inout RoutePreferences
    ) throws(RouteFault) {
        let members = try RouteMembers(reader, known: known)
        preferences.cache = try members["cache"].mapped(cache) ?? CacheDirectives()
        let namesTarget = ["targets", "provider", "virtual_key"].contains { members[$0] != nil }
        if namesTarget || inherited.provider != nil || members["override_params"]?.view["model"] != nil {
            preferences.node = try node(members, inherited, into: &preferences)
        } else {
            let mine = try below(members, inherited, into: &preferences)
            preferences.parameters = mine.parameters
            preferences.timeouts = mine.timeouts
            try setRetry(mine.retry, in: &preferences)
        }
    }

    /// Rules for the configured route, where the configuration names no target.
    private static func setRetry(_ rules: RetryRules?, in preferences: inout RoutePreferences) throws(RouteFault) {
        guard let rules else { return }
        preferences.retry = RetryWish(
            attempts: rules.attempts, statuses: rules.statuses, usesRetryAfter: rules.usesRetryAfter
        )
    }

    static func node(
        _ members: RouteMembers, _ inherited: Inherited, into preferences: inout RoutePreferences
    ) throws(RouteFault) -> RouteNode {
        let mine = try below(members, inherited, into: &preferences)
        guard let targets = members["targets"] else { return target(try members["name"]?.name(), mine) }
        let list = try targets.elements()
        guard !list.isEmpty else { throw targets.fault("Name at least one target.") }
        guard mine.depth < 10 else { throw targets.fault("Targets nest deeper than 10. Flatten them.") }
        var group = RouteGroup()
        for element in list {
            let child = try RouteMembers(element, known: known)
            if child["cache"] != nil {
                preferences.drop(element.below("cache"), "the cache is set once, at the top")
            }
            let node = try node(child, mine, into: &preferences)
            group.members.append(
                RouteMember(node, name: try child["name"]?.name(), weight: try child["weight"]?.double(0...1e9) ?? 1)
            )
        }
        try PortkeyStrategy.apply(members["strategy"], to: &group, into: &preferences)
        return .group(group)
    }

    private static func target(_ name: String?, _ inherited: Inherited) -> RouteNode {
        var parameters = inherited.parameters
        let override = parameters.overrides.first { $0.name == "model" }.flatMap { text(ofJSON: $0.json) }
        parameters.overrides.removeAll { $0.name == "model" }
        if let override, let split = PortkeyPreferences.providerAndModel(override) {
            return .target(
                TargetReference(
                    provider: split.provider, model: split.model, name: name, parameters: parameters,
                    timeouts: inherited.timeouts, retry: inherited.retry
                )
            )
        }
        guard let provider = inherited.provider else {
            let link = RouteNode.route(RouteLink(override ?? inherited.model, parameters: parameters))
            guard inherited.retry != nil || inherited.timeouts != nil else { return link }
            return .group(
                RouteGroup(
                    .single, members: [RouteMember(link)], retry: inherited.retry, timeouts: inherited.timeouts
                )
            )
        }
        return .target(
            TargetReference(
                provider: provider, model: override, name: name, parameters: parameters,
                timeouts: inherited.timeouts, retry: inherited.retry
            )
        )
    }

    private static func text(ofJSON json: String) -> String? {
        Array(json.utf8).withUnsafeBytes { JSONView(validated: $0).string }
    }

    /// What an object hands down to its targets.
    private static func below(
        _ members: RouteMembers, _ inherited: Inherited, into preferences: inout RoutePreferences
    ) throws(RouteFault) -> Inherited {
        try refuse(members, into: &preferences)
        var mine = inherited
        mine.depth += 1
        if let provider = members["provider"] ?? members["virtual_key"] {
            mine.provider = PortkeyPreferences.slug(try provider.name())
        }
        mine.parameters = try parameters(members).over(inherited.parameters)
        mine.retry = try members["retry"].mapped(retry) ?? inherited.retry
        if let timeout = members["request_timeout"] {
            mine.timeouts = AttemptTimeouts(total: UInt64(try timeout.int(1...86_400_000)) * 1_000_000)
        }
        return mine
    }

    private static func parameters(_ members: RouteMembers) throws(RouteFault) -> ParameterEdits {
        ParameterEdits(
            defaults: try members["default_params"].mapped(ParameterEdits.members) ?? [],
            overrides: try members["override_params"].mapped(ParameterEdits.members) ?? [],
            drops: try members["drop_params"]?.names() ?? []
        )
    }

    private static func refuse(_ members: RouteMembers, into preferences: inout RoutePreferences) throws(RouteFault) {
        for name in members.unknown {
            let path = members.reader.below(name)
            let isEmpty = members[name]?.view.isEmptyContainer ?? true
            if let row = refused.first(where: { $0.name == name }), !isEmpty {
                throw RouteFault(.refused, at: path, row.mend)
            }
            if refusedBeginnings.contains(where: name.hasPrefix) {
                throw RouteFault(.refused, at: path, "Credentials are kept with the configured provider.")
            }
            if !isEmpty { preferences.drop(path, "not known or not used here") }
        }
    }

    private static func retry(_ reader: RouteReader) throws(RouteFault) -> RetryRules {
        let keys = ["attempts", "on_status_codes", "use_retry_after_header", "use_retry_after_headers"]
        let members = try RouteMembers(reader, only: keys)
        var rules = RetryRules(attempts: Int(try members["attempts"]?.int(0...5) ?? 1))
        rules.statuses =
            try members["on_status_codes"].mapped { codes throws(RouteFault) in try StatusSet(codes) }
            ?? StatusSet(codes: [429, 500, 502, 503, 504])
        let header = members["use_retry_after_headers"] ?? members["use_retry_after_header"]
        rules.usesRetryAfter = try header?.bool() ?? false
        rules.maximumRetryAfter = 60_000_000_000
        return rules
    }

    private static func cache(_ reader: RouteReader) throws(RouteFault) -> CacheDirectives {
        if let mode = reader.view.string { return try cache(mode: mode, reader) }
        let members = try RouteMembers(reader, only: ["mode", "max_age"])
        var cache = try cache(mode: try members["mode"]?.string() ?? "simple", reader)
        cache.ttlSeconds = try members["max_age"]?.int(1...LiteLLMCache.longestSeconds)
        return cache
    }

    private static func cache(mode: String, _ reader: RouteReader) throws(RouteFault) -> CacheDirectives {
        switch mode {
        case "simple": return CacheDirectives(enabled: true, mode: .exact)
        case "semantic": return CacheDirectives(enabled: true, mode: .semantic)
        default: throw reader.fault("The mode is \"simple\" or \"semantic\".")
        }
    }
}

/// The `strategy` object.
enum PortkeyStrategy {
    private static let known = ["mode", "on_status_codes", "conditions", "default", "cb_config"]

    private enum Mode: String, CaseIterable {
        case single
        case loadbalance
        case fallback
        case conditional
    }

    static func apply(
        _ reader: RouteReader?, to group: inout RouteGroup, into preferences: inout RoutePreferences
    ) throws(RouteFault) {
        guard let reader else {
            group.strategy = .single
            return
        }
        let members = try RouteMembers(reader, known: known)
        for name in members.unknown { preferences.drop(reader.below(name), "not known here") }
        if members["cb_config"] != nil {
            preferences.drop(reader.below("cb_config"), "breakers are set per provider, for all callers")
        }
        switch try members["mode"]?.choice(Mode.self) ?? .single {
        case .single: group.strategy = .single
        case .loadbalance:
            group.strategy = .weighted
            group.fallsOver = false
        case .fallback:
            group.strategy = .fallback
            group.onStatusCodes =
                try members["on_status_codes"].mapped { codes throws(RouteFault) in try StatusSet(codes) } ?? .anyError
        case .conditional:
            group.strategy = try conditional(members)
            group.fallsOver = false
        }
    }

    private static func conditional(_ members: RouteMembers) throws(RouteFault) -> Strategy {
        guard let conditions = members["conditions"] else {
            throw members.reader.fault("A conditional strategy needs \"conditions\".")
        }
        let cases = try conditions.elements().mapped { element throws(RouteFault) in
            let line = try RouteMembers(element, only: ["query", "then"])
            guard let query = line["query"], let then = line["then"] else {
                throw element.fault("A condition needs \"query\" and \"then\" (a target's name).")
            }
            return ConditionalCase(when: try ConditionReader.read(query, depth: 0), use: try then.name())
        }
        return .conditional(cases, otherwise: try members["default"]?.name())
    }
}
