import Vocabulary

/// Our own header, `x-signalbox-route`: `name=value` pairs between semicolons, lists with commas.
package enum SignalboxPreferences {
    /// The header's name.
    package static let header = "x-signalbox-route"

    private static let known = [
        "fallbacks", "order", "only", "ignore", "regions", "sort", "retries", "timeout", "first-token-timeout",
        "hedge", "session", "tags", "stream-break", "no-fallbacks", "private", "cache", "cache-ttl", "cache-namespace",
    ]

    /// Reads the header, where it is there.
    package static func read(headers: HeaderList) throws(RouteFault) -> RoutePreferences {
        guard let text = headers[header] else { return RoutePreferences() }
        return try read(text)
    }

    /// Reads the header's value, for example `sort=price; only=openai,azure; retries=1; timeout=20s`.
    package static func read(_ text: String) throws(RouteFault) -> RoutePreferences {
        var preferences = RoutePreferences()
        for part in text.split(separator: ";").map(\.trimmingSpaces) where !part.isEmpty {
            let words = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(words[0].trimmingSpaces).lowercased()
            let value = HeaderValue("\(header).\(name)", words.count > 1 ? String(words[1]) : "")
            guard known.contains(name) else {
                throw value.fault(
                    "This option is not known\(NearestName.hint(name, in: known)). "
                        + "Known: \(known.joined(separator: ", "))."
                )
            }
            if try !readTargets(name, value, into: &preferences) { try readRules(name, value, into: &preferences) }
        }
        return preferences
    }

    private static func readTargets(
        _ name: String, _ value: HeaderValue, into preferences: inout RoutePreferences
    ) throws(RouteFault) -> Bool {
        switch name {
        case "fallbacks": preferences.models = try list(value).map { RouteLink($0) }
        case "order": preferences.providerOrder = try list(value)
        case "only": preferences.rules.append(TargetRule(slugs(try list(value)), else: .notInOnly))
        case "ignore": preferences.rules.append(TargetRule(.not(slugs(try list(value))), else: .ignoredByCaller))
        case "regions":
            let regions = ConditionValue.list(try list(value).map { .string($0.lowercased()) })
            preferences.rules.append(TargetRule(.compare(.target(.region), .isIn, regions), else: .region))
        case "sort":
            guard let key = TargetSort.Key(rawValue: value.text) else {
                throw value.fault("\"price\", \"latency\" or \"throughput\" is expected here.")
            }
            preferences.sort = TargetSort(key)
        case "no-fallbacks": preferences.allowsFallbacks = try !flag(value)
        case "private":
            if try flag(value) {
                let kept = Condition.compare(.target(.dataCollection), .equals, .bool(false))
                preferences.rules.append(TargetRule(kept, else: .privacy))
            }
        default: return false
        }
        return true
    }

    private static func readRules(
        _ name: String, _ value: HeaderValue, into preferences: inout RoutePreferences
    ) throws(RouteFault) {
        switch name {
        case "retries": preferences.retry.attempts = Int(try value.int(0...Int64(RetryRules.mostAttempts)))
        case "timeout": LiteLLMPreferences.setTimeout(\.total, try duration(value), in: &preferences)
        case "first-token-timeout": LiteLLMPreferences.setTimeout(\.firstToken, try duration(value), in: &preferences)
        case "hedge": preferences.hedge = HedgeRules(after: try duration(value))
        case "session": preferences.session = try list(value).joined(separator: ",")
        case "tags": preferences.tags = try list(value)
        case "stream-break":
            guard let way = RouteDefinition.StreamBreak(rawValue: value.text) else {
                throw value.fault("\"error\" or \"continue\" is expected here.")
            }
            preferences.streamBreak = way
        default: try readCache(name, value, into: &preferences)
        }
    }

    private static func readCache(
        _ name: String, _ value: HeaderValue, into preferences: inout RoutePreferences
    ) throws(RouteFault) {
        switch name {
        case "cache-ttl": preferences.cache.ttlSeconds = Int64(try duration(value) / 1_000_000_000)
        case "cache-namespace": preferences.cache.namespace = try list(value).joined(separator: ",")
        default: try readCacheMode(value, into: &preferences)
        }
    }

    private static func readCacheMode(
        _ value: HeaderValue, into preferences: inout RoutePreferences
    ) throws(RouteFault) {
        switch value.text {
        case "on": preferences.cache.enabled = true
        case "off": preferences.cache.enabled = false
        case "refresh": preferences.cache.refresh = true
        case "no-store": preferences.cache.noStore = true
        case "exact": preferences.cache.mode = .exact
        case "semantic": preferences.cache.mode = .semantic
        default: throw value.fault("Known: on, off, refresh, no-store, exact, semantic.")
        }
    }

    private static func slugs(_ names: [String]) -> Condition { .any(names.map { ProviderSlug($0).condition }) }

    private static func list(_ value: HeaderValue) throws(RouteFault) -> [String] {
        guard !value.parts.isEmpty else { throw value.fault("A value is expected: \(value.name)=....") }
        return value.parts
    }

    /// An option without a value is on.
    private static func flag(_ value: HeaderValue) throws(RouteFault) -> Bool {
        value.text.isEmpty ? true : try value.bool()
    }

    private static func duration(_ value: HeaderValue) throws(RouteFault) -> UInt64 {
        guard let nanoseconds = DurationText.nanoseconds(value.text), nanoseconds > 0 else {
            throw value.fault("A duration is expected here: a whole number and its unit, such as 500ms, 5s or 2m.")
        }
        return nanoseconds
    }
}
