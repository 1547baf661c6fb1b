import Bytes
import Vocabulary

/// Reads the tree of a route.
enum NodeReader {
    static let groupKeys = ["strategy", "targets", "on_status", "falls_over", "cases", "default"]
    private static let memberKeys = ["name", "weight", "order", "when"]
    private static let targetKeys = ["provider", "model", "parameters", "retry", "timeouts"]
    private static let linkKeys = ["route", "parameters"]
    /// As deep as a route can be compiled.
    private static let deepest = 12

    /// The group that an object's members describe. One target alone, without any of the group's other members, is
    /// that target.
    static func root(_ members: RouteMembers) throws(RouteFault) -> RouteNode {
        let group = try group(members, depth: 0)
        let isBare = !groupKeys.contains { $0 != "targets" && members.has($0) }
        if isBare, group.members.count == 1, isPlain(group.members[0]) { return group.members[0].node }
        return .group(group)
    }

    /// True where the member is nothing but its node.
    private static func isPlain(_ member: RouteMember) -> Bool {
        var bare = RouteMember(member.node)
        if case .target(let reference) = member.node { bare.name = reference.name }
        return member == bare
    }

    private static func group(_ members: RouteMembers, depth: Int) throws(RouteFault) -> RouteGroup {
        guard depth < deepest else { throw members.reader.fault("Groups nest deeper than \(deepest). Flatten them.") }
        guard let targets = members["targets"] else {
            throw RouteFault(
                at: members.reader.below("targets"), "Name at least one target, such as {\"provider\": \"openai\"}.")
        }
        let list = try targets.elements()
        guard !list.isEmpty else { throw targets.fault("Name at least one target.") }
        return RouteGroup(
            try strategy(members),
            members: try list.mapped { element throws(RouteFault) in try member(element, depth: depth + 1) },
            onStatusCodes: try members["on_status"].mapped { member throws(RouteFault) in try StatusSet(member) },
            fallsOver: try members["falls_over"]?.bool() ?? true
        )
    }

    private static func strategy(_ members: RouteMembers) throws(RouteFault) -> Strategy {
        let name = try members["strategy"]?.string() ?? "fallback"
        if name == "conditional" {
            let cases = try members["cases"]?.elements() ?? []
            return .conditional(
                try cases.mapped { element throws(RouteFault) in try conditionalCase(element) },
                otherwise: try members["default"]?.name()
            )
        }
        guard let strategy = Strategy.plain.first(where: { $0.name == name }) else {
            let known = Strategy.plain.map(\.name) + ["conditional"]
            throw RouteFault(
                at: members.reader.below("strategy"),
                "There is no strategy \"\(name)\"\(NearestName.hint(name, in: known)). "
                    + "Known: \(known.joined(separator: ", "))."
            )
        }
        return strategy
    }

    private static func conditionalCase(_ reader: RouteReader) throws(RouteFault) -> ConditionalCase {
        let members = try RouteMembers(reader, only: ["when", "use"])
        guard let when = members["when"], let use = members["use"] else {
            throw reader.fault("A case needs \"when\" (a condition) and \"use\" (a target's name).")
        }
        return ConditionalCase(when: try ConditionReader.read(when, depth: 0), use: try use.name())
    }

    private static func member(_ reader: RouteReader, depth: Int) throws(RouteFault) -> RouteMember {
        let known = memberKeys + groupKeys + targetKeys + linkKeys
        let members = try RouteMembers(reader, known: known)
        let node = try node(members, depth: depth)
        return RouteMember(
            node, name: try members["name"]?.name(), weight: try members["weight"]?.double(0...1e9) ?? 1,
            order: Int(try members["order"]?.int(-1000...1000) ?? 0),
            condition: try members["when"].mapped { when throws(RouteFault) in try ConditionReader.read(when, depth: 0)
            }
        )
    }

    private static func node(_ members: RouteMembers, depth: Int) throws(RouteFault) -> RouteNode {
        if members.has("targets") {
            let mine = try RouteMembers(members.reader, only: memberKeys + groupKeys + ["retry", "timeouts"])
            var group = try group(mine, depth: depth)
            group.retry = try mine["retry"].mapped { member throws(RouteFault) in try RetryRules(member) }
            group.timeouts = try mine["timeouts"].mapped { member throws(RouteFault) in try AttemptTimeouts(member) }
            return .group(group)
        }
        if members.has("route") {
            return .route(try link(try RouteMembers(members.reader, only: memberKeys + linkKeys)))
        }
        return .target(try target(try RouteMembers(members.reader, only: memberKeys + targetKeys)))
    }

    private static func link(_ members: RouteMembers) throws(RouteFault) -> RouteLink {
        guard let name = members["route"] else { throw members.reader.fault("Name the route.") }
        return RouteLink(
            try name.name(),
            parameters: try members["parameters"].mapped { edits throws(RouteFault) in try ParameterEdits(edits) }
                ?? ParameterEdits()
        )
    }

    private static func target(_ members: RouteMembers) throws(RouteFault) -> TargetReference {
        guard let provider = members["provider"] else {
            throw members.reader.fault("A target needs a \"provider\", or a \"route\", or \"targets\" of its own.")
        }
        return TargetReference(
            provider: try provider.name(), model: try members["model"]?.name(), name: try members["name"]?.name(),
            parameters: try members["parameters"].mapped { edits throws(RouteFault) in try ParameterEdits(edits) }
                ?? ParameterEdits(),
            timeouts: try members["timeouts"].mapped { member throws(RouteFault) in try AttemptTimeouts(member) },
            retry: try members["retry"].mapped { member throws(RouteFault) in try RetryRules(member) }
        )
    }

    /// A list of routes or models by name, or of targets.
    static func fallbacks(_ reader: RouteReader) throws(RouteFault) -> [RouteNode] {
        try reader.elements().mapped { element throws(RouteFault) in
            if let name = element.view.string { return .route(RouteLink(name)) }
            return try node(try RouteMembers(element, known: targetKeys + linkKeys + groupKeys), depth: 1)
        }
    }
}
