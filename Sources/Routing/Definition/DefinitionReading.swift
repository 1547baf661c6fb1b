package import Bytes

extension RouteDefinition {
    private static let keys =
        NodeReader.groupKeys + [
            "name", "aliases", "retry", "timeouts", "hedge", "stickiness", "on_stream_break",
            "context_window_fallback", "content_policy_fallback", "cache", "priority", "coalesce", "parameters",
            "require",
        ]

    /// Reads a route as the configuration and the API write it.
    ///
    /// - Throws: A fault that names the member and the mend; members that are not known are faults, too.
    package init(json: JSONView, at path: String = "") throws(RouteFault) {
        let members = try RouteMembers(RouteReader(json, at: path), only: Self.keys)
        guard let name = members["name"] else {
            throw RouteFault(at: members.reader.below("name"), "Name the route: callers ask for it as their model.")
        }
        self.init(name: try name.name(), root: try NodeReader.root(members))
        aliases = try members["aliases"]?.names() ?? []
        try readRules(members)
        try readFallbacks(members)
        try readRest(members)
    }

    private mutating func readRules(_ members: RouteMembers) throws(RouteFault) {
        if let retry = members["retry"] { self.retry = try RetryRules(retry) }
        timeouts = try members["timeouts"].mapped { member throws(RouteFault) in try AttemptTimeouts(member) }
        hedge = try members["hedge"].mapped { member throws(RouteFault) in try HedgeRules(member) }
        stickiness = try members["stickiness"].mapped { member throws(RouteFault) in try Stickiness(member) } ?? .none
        streamBreak = try members["on_stream_break"]?.choice(StreamBreak.self) ?? .error
    }

    private mutating func readFallbacks(_ members: RouteMembers) throws(RouteFault) {
        contextWindowFallback = try members["context_window_fallback"].mapped(NodeReader.fallbacks) ?? []
        contentPolicyFallback = try members["content_policy_fallback"].mapped(NodeReader.fallbacks) ?? []
    }

    private mutating func readRest(_ members: RouteMembers) throws(RouteFault) {
        cache = members["cache"].map { String(decoding: $0.view.raw, as: UTF8.self) }
        priority = Int(try members["priority"]?.int(-1000...1000) ?? 0)
        coalesce = try members["coalesce"]?.bool() ?? false
        if let edits = members["parameters"] { parameters = try ParameterEdits(edits) }
        if let require = members["require"] { requirements = try TargetRequirements(require) }
    }
}

extension HedgeRules {
    init(_ reader: RouteReader) throws(RouteFault) {
        let members = try RouteMembers(reader, only: ["after", "maximum"])
        guard let after = members["after"] else {
            throw reader.fault("Say after how long, such as {\"after\": \"2s\"}.")
        }
        self.init(after: try after.duration(), maximum: Int(try members["maximum"]?.int(1...3) ?? 1))
    }
}

extension RouteDefinition.Stickiness {
    private enum By: String, CaseIterable {
        case none
        case session
        case user
    }

    init(_ reader: RouteReader) throws(RouteFault) {
        if reader.view.kind == .string {
            self = Self.by(try reader.choice(By.self), ttl: nil)
            return
        }
        let members = try RouteMembers(reader, only: ["by", "ttl"])
        guard let by = members["by"] else { throw reader.fault("Say by what: \"session\" or \"user\".") }
        self = Self.by(try by.choice(By.self), ttl: try members["ttl"]?.duration())
    }

    private static func by(_ by: By, ttl: UInt64?) -> Self {
        switch by {
        case .none: .none
        case .session: .session(ttl: ttl)
        case .user: .user(ttl: ttl)
        }
    }
}

extension TargetRequirements {
    private enum DataCollection: String, CaseIterable {
        case allow
        case deny
    }

    init(_ reader: RouteReader) throws(RouteFault) {
        let members = try RouteMembers(reader, only: ["regions", "data_collection", "zero_retention"])
        let collection = try members["data_collection"]?.choice(DataCollection.self)
        self.init(
            regions: try members["regions"]?.names() ?? [], refusesDataCollection: collection == .deny,
            zeroRetention: try members["zero_retention"]?.bool() ?? false
        )
    }
}
