package import Bytes
import Vocabulary

/// LiteLLM's extra members of a request's body, and its headers.
package enum LiteLLMPreferences {
    /// Members that would make the proxy pretend. A test that asks for a made-up answer must not reach a provider, and
    /// a caller in production must not get one.
    private static let mocks = [
        "mock_response", "mock_testing_fallbacks", "mock_testing_context_fallbacks",
        "mock_testing_context_window_fallbacks", "mock_testing_content_policy_fallbacks", "mock_timeout",
        "mock_tool_calls",
    ]
    private static let credentials = [
        "api_key", "api_base", "base_url", "custom_llm_provider", "aws_secret_access_key",
    ]
    private static let members = [
        "fallbacks", "num_retries", "disable_fallbacks", "cache", "tags", "metadata", "litellm_metadata", "timeout",
        "request_timeout", "stream_timeout", "guardrails", "litellm_session_id", "context_window_fallbacks",
        "content_policy_fallbacks", "max_fallbacks", "no-log",
    ]

    /// - Parameters:
    ///   - body: The request. Members that are not LiteLLM's are not looked at.
    ///   - model: The model that was asked for: fallbacks may be keyed by it.
    package static func read(body: JSONView, model: String) throws(RouteFault) -> RoutePreferences {
        var preferences = RoutePreferences()
        for (key, value) in body.members {
            let name = key.string
            let reader = RouteReader(value, at: name)
            try refuse(name, reader)
            guard members.contains(name), !value.isNull else { continue }
            if try read(name, reader, model: model, into: &preferences) { preferences.strips.append(name) }
        }
        return preferences
    }

    private static func refuse(_ name: String, _ reader: RouteReader) throws(RouteFault) {
        if mocks.contains(name), !reader.view.isNull, reader.view.bool != false {
            throw RouteFault(.refused, at: name, "Answers are not made up here. Send tests to the built-in simulator.")
        }
        if credentials.contains(name), !reader.view.isNull {
            throw RouteFault(
                .refused, at: name, "Callers can't choose an address or a credential. Configure a provider and name it."
            )
        }
    }

    /// Reads one member; false if it goes to the provider as well.
    private static func read(
        _ name: String, _ reader: RouteReader, model: String, into preferences: inout RoutePreferences
    ) throws(RouteFault) -> Bool {
        switch name {
        case "fallbacks": preferences.models = try fallbacks(reader, model: model)
        case "num_retries": preferences.retry.attempts = Int(try reader.int(0...Int64(RetryRules.mostAttempts)))
        case "disable_fallbacks": if try reader.bool() { preferences.allowsFallbacks = false }
        case "cache": preferences.cache = try LiteLLMCache.read(reader)
        case "tags": preferences.tags += try reader.names()
        case "metadata", "litellm_metadata": return try metadata(reader, into: &preferences)
        case "timeout", "request_timeout": setTimeout(\.total, try seconds(reader), in: &preferences)
        case "stream_timeout": setTimeout(\.firstToken, try seconds(reader), in: &preferences)
        case "guardrails":
            if !reader.view.isEmptyContainer {
                throw RouteFault(.refused, at: name, "Guardrails can't be chosen per call here. Leave the member out.")
            }
        case "litellm_session_id": preferences.session = try reader.name()
        case "no-log":
            preferences.omitsRequestText = try reader.bool()
            preferences.omitsAnswerText = preferences.omitsRequestText
        default: preferences.drop(name, "set it in the route")
        }
        return true
    }

    /// Tags stand in `metadata`, which then is LiteLLM's and not the provider's: OpenAI takes texts only.
    private static func metadata(
        _ reader: RouteReader, into preferences: inout RoutePreferences
    ) throws(RouteFault) -> Bool {
        guard reader.view.kind == .object else { return false }
        var isOurs = reader.path == "litellm_metadata"
        if let session = reader.view["session_id"]?.string { preferences.session = session }
        if let tags = reader.view["tags"], tags.kind == .array {
            preferences.tags += try RouteReader(tags, at: reader.below("tags")).names()
            isOurs = true
        }
        return isOurs
    }

    private static func seconds(_ reader: RouteReader) throws(RouteFault) -> UInt64 {
        UInt64(try reader.double(0.001...86_400) * 1e9)
    }

    static func setTimeout(
        _ deadline: WritableKeyPath<AttemptTimeouts, UInt64?>, _ value: UInt64, in preferences: inout RoutePreferences
    ) {
        var timeouts = preferences.timeouts ?? AttemptTimeouts()
        timeouts[keyPath: deadline] = value
        preferences.timeouts = timeouts
    }

    /// Names, objects with a `model` and parameters that go with it, or lists keyed by the model that fails.
    private static func fallbacks(_ reader: RouteReader, model: String) throws(RouteFault) -> [RouteLink] {
        var links: [RouteLink] = []
        for element in try reader.elements() {
            if element.view.kind == .string {
                links.append(RouteLink(try element.name()))
            } else if let name = element.view["model"] {
                let parameters = try ParameterEdits.members(element).filter { $0.name != "model" }
                let link = try RouteReader(name, at: element.below("model")).name()
                links.append(RouteLink(link, parameters: ParameterEdits(overrides: parameters)))
            } else {
                links += try keyed(element, model: model)
            }
        }
        return links
    }

    private static func keyed(_ reader: RouteReader, model: String) throws(RouteFault) -> [RouteLink] {
        guard reader.view.kind == .object else {
            throw reader.fault("Name a model, or write an object with \"model\".")
        }
        var links: [RouteLink] = []
        for (key, value) in reader.view.members {
            let name = key.string
            let names = try RouteReader(value, at: reader.below(name)).names()
            if name == model || name == "*" { links += names.map { RouteLink($0) } }
        }
        return links
    }
}

extension LiteLLMPreferences {
    /// Headers that say who calls, or that answer to something else than routing.
    private static let silent = ["api-key", "call-id", "trace-id", "model-id", "disable-callbacks"]

    /// The `x-litellm-*` headers; one that is not known is named in the notes.
    package static func read(headers: HeaderList) throws(RouteFault) -> RoutePreferences {
        var preferences = RoutePreferences()
        for (name, text) in headers.beginning(with: "x-litellm-") where !silent.contains(name) {
            try read(name, HeaderValue("x-litellm-\(name)", text), into: &preferences)
        }
        return preferences
    }

    private static func read(
        _ name: String, _ value: HeaderValue, into preferences: inout RoutePreferences
    ) throws(RouteFault) {
        switch name {
        case "timeout": setTimeout(\.total, try value.seconds(), in: &preferences)
        case "stream-timeout": setTimeout(\.firstToken, try value.seconds(), in: &preferences)
        case "num-retries": preferences.retry.attempts = Int(try value.int(0...Int64(RetryRules.mostAttempts)))
        case "tags": preferences.tags += value.parts
        case "customer-id", "end-user-id": preferences.customer = value.text
        case "session-id": preferences.session = value.text
        case "spend-logs-metadata": preferences.metadata += try JSONHeader.pairs(value)
        case "enable-message-redaction":
            preferences.omitsRequestText = try value.bool()
            preferences.omitsAnswerText = preferences.omitsRequestText
        default: preferences.drop(value.name, "not used here")
        }
    }
}

/// LiteLLM's `cache` object.
enum LiteLLMCache {
    private static let known = ["ttl", "s-maxage", "s-max-age", "no-cache", "no-store", "namespace", "use-cache"]
    /// Ninety days.
    static let longestSeconds: Int64 = 7_776_000

    static func read(_ reader: RouteReader) throws(RouteFault) -> CacheDirectives {
        let members = try RouteMembers(reader, only: known)
        var cache = CacheDirectives()
        let oldest = members["s-maxage"] ?? members["s-max-age"]
        let ages = [try members["ttl"]?.int(0...longestSeconds), try oldest?.int(0...longestSeconds)]
        cache.ttlSeconds = ages.compactMap(\.self).min()
        cache.refresh = try members["no-cache"]?.bool()
        cache.noStore = try members["no-store"]?.bool()
        cache.namespace = try members["namespace"]?.name()
        cache.enabled = try members["use-cache"]?.bool()
        return cache
    }
}
