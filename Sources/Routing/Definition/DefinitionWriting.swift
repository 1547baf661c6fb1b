package import Bytes

extension RouteDefinition {
    /// Writes the route as `init(json:)` reads it; what has its default is left out, but for the retry rules.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("name", name)
        writer.member("aliases", names: aliases)
        root.writeRootMembers(to: &writer)
        if retry != RetryRules() { writer.member("retry", retry) { $1.write(to: &$0) } }
        writer.member("timeouts", timeouts) { $1.write(to: &$0) }
        writer.member("hedge", hedge) { $1.write(to: &$0) }
        stickiness.write(to: &writer)
        if streamBreak != .error { writer.member("on_stream_break", streamBreak.rawValue) }
        Self.write("context_window_fallback", contextWindowFallback, to: &writer)
        Self.write("content_policy_fallback", contentPolicyFallback, to: &writer)
        writer.member("cache", cache) { $0.raw(Array($1.utf8)) }
        if priority != 0 { writer.member("priority", priority) { $0.int($1) } }
        if coalesce { writer.member("coalesce", true) { $0.bool($1) } }
        if !parameters.isEmpty { writer.member("parameters", parameters) { $1.write(to: &$0) } }
        if !requirements.isEmpty { writer.member("require", requirements) { $1.write(to: &$0) } }
        writer.endObject()
    }

    private static func write(_ name: StaticString, _ nodes: [RouteNode], to writer: inout JSONWriter) {
        guard !nodes.isEmpty else { return }
        writer.key(name)
        writer.beginArray()
        for node in nodes { node.write(to: &writer) }
        writer.endArray()
    }
}

extension HedgeRules {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("after", duration: after)
        writer.member("maximum", maximum) { $0.int($1) }
        writer.endObject()
    }
}

extension RouteDefinition.Stickiness {
    fileprivate func write(to writer: inout JSONWriter) {
        let (by, ttl): (String?, UInt64?) =
            switch self {
            case .none: (nil, nil)
            case .session(let ttl): ("session", ttl)
            case .user(let ttl): ("user", ttl)
            }
        writer.member("stickiness", by) { writer, by in
            writer.beginObject()
            writer.member("by", by)
            writer.member("ttl", duration: ttl)
            writer.endObject()
        }
    }
}

extension TargetRequirements {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("regions", names: regions)
        if refusesDataCollection { writer.member("data_collection", "deny") }
        if zeroRetention { writer.member("zero_retention", true) { $0.bool($1) } }
        writer.endObject()
    }
}
