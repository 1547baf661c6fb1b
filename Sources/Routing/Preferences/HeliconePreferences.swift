import Bytes
import Vocabulary

/// Helicone's headers. One that can't be honoured and matters is refused, as is one that is not known: a header that a
/// caller relies on must not be dropped without a word.
package enum HeliconePreferences {
    /// Headers that say who calls, or that are read elsewhere.
    private static let silent = ["auth", "request-id", "host"]
    /// Refused where they ask for something.
    private static let refused: [(name: String, mend: String)] = [
        ("moderations-enabled", "Moderation can't be chosen per call here."),
        ("llm-security-enabled", "Security checks can't be chosen per call here."),
        ("llm-security-advanced", "Security checks can't be chosen per call here."),
        ("target-url", "Callers can't choose an address. Configure a provider and name its models."),
        ("openai-api-base", "Callers can't choose an address. Configure a provider and name its models."),
    ]
    private static let notUsed = [
        "posthog-key", "posthog-host", "stream-force-format", "model-override", "stream-usage", "lytix-key",
        "lytix-host", "target-provider",
    ]
    private static let labels = ["prompt-id", "session-path", "session-name", "user-path", "job-id", "node-id"]
    private static let read = [
        "user-id", "session-id", "property-<name>", "fallbacks", "ratelimit-policy", "omit-request", "omit-response",
        "cache-enabled", "cache-bucket-max-size", "cache-seed", "retry-enabled", "retry-num", "retry-factor",
        "retry-min-timeout", "retry-max-timeout", "token-limit-exception-handler",
    ]

    /// Reads the `Helicone-*` headers, and `Cache-Control` where Helicone's cache is asked for.
    package static func read(headers: HeaderList) throws(RouteFault) -> RoutePreferences {
        var preferences = RoutePreferences()
        for (name, text) in headers.beginning(with: "helicone-") where !silent.contains(name) {
            let value = HeaderValue("helicone-\(name)", text)
            if try readLabel(name, value, into: &preferences) { continue }
            if try readCache(name, value, into: &preferences) { continue }
            if name.hasPrefix("retry-") { continue }
            try readRest(name, value, into: &preferences)
        }
        preferences.retry = try HeliconeRetry.read(headers, into: &preferences)
        if preferences.cache.enabled == true { try readAge(headers, into: &preferences) }
        return preferences
    }

    private static func readLabel(
        _ name: String, _ value: HeaderValue, into preferences: inout RoutePreferences
    ) throws(RouteFault) -> Bool {
        switch name {
        case "user-id": preferences.user = value.text
        case "session-id": preferences.session = value.text
        case "omit-request": preferences.omitsRequestText = try value.bool()
        case "omit-response": preferences.omitsAnswerText = try value.bool()
        case _ where labels.contains(name): preferences.metadata.append(MetadataPair(key: name, value: value.text))
        case _ where name.hasPrefix("property-") && name.utf8.count > 9:
            preferences.metadata.append(MetadataPair(key: String(name.dropFirst(9)), value: value.text))
        default: return false
        }
        return true
    }

    private static func readCache(
        _ name: String, _ value: HeaderValue, into preferences: inout RoutePreferences
    ) throws(RouteFault) -> Bool {
        switch name {
        case "cache-enabled": preferences.cache.enabled = try value.bool()
        case "cache-bucket-max-size": preferences.cache.bucketSize = Int(try value.int(1...20))
        case "cache-seed": preferences.cache.namespace = value.text
        default: return false
        }
        return true
    }

    private static func readRest(
        _ name: String, _ value: HeaderValue, into preferences: inout RoutePreferences
    ) throws(RouteFault) {
        if let row = refused.first(where: { $0.name == name }) {
            if value.text.lowercased() != "false" { throw value.refused(row.mend) }
            return
        }
        switch name {
        case "fallbacks": try HeliconeFallbacks.read(value, into: &preferences)
        case "ratelimit-policy": preferences.rateLimit = try RateLimitWish(value)
        case "token-limit-exception-handler": try readTokenLimit(value, into: &preferences)
        case _ where notUsed.contains(name): preferences.drop(value.name, "not used here")
        default:
            let known = read + labels + notUsed + silent
            throw value.refused(
                "This header is not known, so what it asks for would not be done\(NearestName.hint(name, in: known)). "
                    + "Leave it out."
            )
        }
    }

    /// Prompts are never cut here: half a prompt is another prompt.
    private static func readTokenLimit(
        _ value: HeaderValue, into preferences: inout RoutePreferences
    ) throws(RouteFault) {
        guard value.text == "fallback" else {
            throw value.refused("Prompts are not shortened. Set \"fallback\" and the route's context_window_fallback.")
        }
        preferences.drop(value.name, "the route's context_window_fallback does this")
    }

    private static func readAge(_ headers: HeaderList, into preferences: inout RoutePreferences) throws(RouteFault) {
        guard let text = headers["cache-control"] else { return }
        for part in HeaderValue("cache-control", text).parts {
            let words = part.lowercased().split(separator: "=", maxSplits: 1)
            if words.count == 2, words[0] == "max-age" {
                let age = HeaderValue("cache-control", String(words[1]))
                preferences.cache.ttlSeconds = min(try age.int(0...Int64.max), LiteLLMCache.longestSeconds)
            }
        }
    }
}

/// The four headers about retries; their waits are milliseconds.
enum HeliconeRetry {
    static func read(
        _ headers: HeaderList, into preferences: inout RoutePreferences
    ) throws(RouteFault) -> RetryWish {
        func value(_ name: String) -> HeaderValue? {
            headers["helicone-retry-\(name)"].map { HeaderValue("helicone-retry-\(name)", $0) }
        }
        guard try value("enabled")?.bool() ?? false else { return RetryWish() }
        if let factor = value("factor"), factor.text != "2", factor.text != "2.0" {
            preferences.drop(factor.name, "waits always double")
        }
        // Helicone's own defaults: five tries, one second at first, ten at most.
        return RetryWish(
            attempts: Int(try value("num")?.int(0...Int64(RetryRules.mostAttempts)) ?? 5),
            statuses: StatusSet([429...429, 500...599]),
            backoffBase: UInt64(try value("min-timeout")?.int(0...600_000) ?? 1000) * 1_000_000,
            backoffMaximum: UInt64(try value("max-timeout")?.int(0...600_000) ?? 10_000) * 1_000_000
        )
    }
}

/// `Helicone-Fallbacks`: names of models, or objects that change the body or name another address.
enum HeliconeFallbacks {
    private static let known = ["target-url", "headers", "onCodes", "bodyKeyOverride", "model", "provider"]

    static func read(_ header: HeaderValue, into preferences: inout RoutePreferences) throws(RouteFault) {
        let read = try JSONHeader.read(header) { reader throws(RouteFault) in
            var found = RoutePreferences()
            found.models = try reader.elements().mapped { element throws(RouteFault) in try link(element, into: &found)
            }
            return found
        }
        preferences = preferences.over(read)
    }

    private static func link(
        _ reader: RouteReader, into preferences: inout RoutePreferences
    ) throws(RouteFault) -> RouteLink {
        if reader.view.kind == .string { return RouteLink(try reader.name()) }
        let members = try RouteMembers(reader, only: known)
        if let codes = members["onCodes"] { preferences.drop(codes.path, "every error makes the next one be tried") }
        if let target = members["target-url"], members["model"] == nil, members["bodyKeyOverride"]?.view["model"] == nil
        {
            throw RouteFault(
                .refused, at: target.path,
                "Callers can't choose an address. Name a model that is served here: {\"model\": ...}."
            )
        }
        let override = try members["bodyKeyOverride"].mapped(ParameterEdits.members) ?? []
        guard let model = members["model"] ?? members["bodyKeyOverride"].flatMap(Self.model) else {
            throw reader.fault("Name the model to fall back to: {\"model\": ...}.")
        }
        let parameters = ParameterEdits(overrides: override.filter { $0.name != "model" })
        return RouteLink(try model.name(), parameters: parameters)
    }

    private static func model(_ reader: RouteReader) -> RouteReader? {
        reader.view["model"].map { RouteReader($0, at: reader.below("model")) }
    }
}

extension RateLimitWish {
    /// `<quota>;w=<seconds>;u=<request|cents>;s=<user|property>`.
    init(_ value: HeaderValue) throws(RouteFault) {
        let parts = value.text.split(separator: ";").map { String($0.trimmingSpaces) }
        guard let first = parts.first, let quota = Int64(first), quota > 0 else {
            throw value.fault("The policy begins with a whole number above 0, such as 100;w=60.")
        }
        self.init(quota: quota, windowSeconds: 0)
        for part in parts.dropFirst() {
            let words = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard words.count == 2 else {
                throw value.fault("\"\(part)\" has no value. Write it as in 100;w=60;u=request.")
            }
            try set(words[0], words[1], value)
        }
        guard windowSeconds > 0 else { throw value.fault("The window is missing: add ;w=<seconds>.") }
    }

    private mutating func set(_ name: String, _ text: String, _ value: HeaderValue) throws(RouteFault) {
        switch name {
        case "w":
            // Helicone's least window is a minute; ours may be shorter, but not a year.
            windowSeconds = try HeaderValue(value.name, text).int(1...31_536_000)
        case "u":
            guard let unit = Unit(rawValue: text == "requests" ? "request" : text) else {
                throw value.fault("The unit is \"request\" or \"cents\".")
            }
            self.unit = unit
        case "s": segment = text == "user" ? .user : .property(text.lowercased())
        default: throw value.fault("\"\(name)\" is not known. Known: w, u, s.")
        }
    }
}
