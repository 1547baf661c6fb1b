/// Builds the tree of a `CompiledRoute`.
struct RouteCompiler {
    /// What a node takes from those above it.
    struct Inherited {
        var retry: RetryRules
        var timeouts: AttemptTimeouts?
        var parameters: ParameterEdits
        /// Of every route on the way here: all must be met.
        var requirements: [TargetRequirements]
        var lineage: [LineageStep] = []
        /// Names of the links that led here.
        var links: [String] = []
        var depth = 0

        init(_ definition: RouteDefinition) {
            retry = definition.retry
            timeouts = definition.timeouts
            parameters = definition.parameters
            requirements = definition.requirements.isEmpty ? [] : [definition.requirements]
            links = [definition.name]
        }

        /// What the routes on the way demand and the facts lack.
        func standing(_ facts: TargetFacts) -> RuledOut? {
            for requirement in requirements {
                if let reason = requirement.ruledOut(facts) { return reason }
            }
            return nil
        }

        /// What holds below a link.
        mutating func enter(_ definition: RouteDefinition, by link: RouteLink) {
            links.append(link.name)
            if definition.retry != RetryRules() { retry = definition.retry }
            timeouts = definition.timeouts?.over(timeouts) ?? timeouts
            parameters = link.parameters.over(definition.parameters).over(parameters)
            if !definition.requirements.isEmpty { requirements.append(definition.requirements) }
        }
    }

    typealias Resolve = (TargetReference) -> (TargetFacts, TargetHealth)?
    typealias Expand = (String) -> RouteDefinition?

    /// Deeper trees are a mistake; Portkey's own configurations rarely go beyond three.
    static let deepest = 12

    private(set) var targets: [CompiledTarget] = []
    private var groups = 0

    mutating func compile(
        _ node: RouteNode, _ inherited: Inherited, _ resolve: Resolve, _ expand: Expand
    ) throws(RouteFault) -> CompiledNode {
        guard inherited.depth < Self.deepest else {
            throw RouteFault(at: "targets", "Groups and links nest deeper than \(Self.deepest). Flatten the route.")
        }
        var below = inherited
        below.depth += 1
        switch node {
        case .target(let reference): return try target(reference, inherited, resolve)
        case .group(let group): return try .group(compile(group, below, resolve, expand))
        case .route(let link):
            guard !inherited.links.contains(link.name) else {
                let circle = (inherited.links + [link.name]).joined(separator: " -> ")
                throw RouteFault(.unresolved, at: "targets", "The routes lead in a circle: \(circle). Break it.")
            }
            guard let found = expand(link.name) else {
                throw RouteFault(.unresolved, at: "targets", "There is no route or model \"\(link.name)\".")
            }
            below.enter(found, by: link)
            return try compile(found.root, below, resolve, expand)
        }
    }

    /// The nodes of a fallback list as one group; `nil` where there are none.
    mutating func chain(
        _ nodes: [RouteNode], at path: String, _ inherited: Inherited, _ resolve: Resolve, _ expand: Expand
    ) throws(RouteFault) -> CompiledNode? {
        guard !nodes.isEmpty else { return nil }
        do {
            let group = RouteGroup(.fallback, members: nodes.map { RouteMember($0) })
            return try compile(.group(group), inherited, resolve, expand)
        } catch {
            throw RouteFault(error.kind, at: path, error.message)
        }
    }

    private mutating func compile(
        _ group: RouteGroup, _ inherited: Inherited, _ resolve: Resolve, _ expand: Expand
    ) throws(RouteFault) -> CompiledGroup {
        let number = groups
        groups += 1
        var below = inherited
        below.retry = group.retry ?? inherited.retry
        below.timeouts = group.timeouts?.over(inherited.timeouts) ?? inherited.timeouts
        var members: [CompiledMember] = []
        for (place, member) in group.members.enumerated() {
            var mine = below
            mine.lineage.append(LineageStep(group: number, member: place, onStatusCodes: group.onStatusCodes))
            let node = try compile(member.node, mine, resolve, expand)
            members.append(compiled(member, node))
        }
        try Self.check(group)
        return CompiledGroup(
            strategy: group.strategy, members: members, fallsOver: group.fallsOver,
            isLeaf: members.allSatisfy(\.isTarget), hasOrders: Set(members.map(\.order)).count > 1
        )
    }

    private func compiled(_ member: RouteMember, _ node: CompiledNode) -> CompiledMember {
        let below = node.targets
        var identity: UInt64 = 0
        for target in below { identity = Rendezvous.mixed(identity ^ Rendezvous.hash(targets[target].reference.label)) }
        return CompiledMember(
            node: node, name: member.name, weight: member.weight, order: member.order, condition: member.condition,
            targets: below, identity: identity
        )
    }

    private mutating func target(
        _ reference: TargetReference, _ inherited: Inherited, _ resolve: Resolve
    ) throws(RouteFault) -> CompiledNode {
        let parameters = reference.parameters.over(inherited.parameters)
        let known = targets.firstIndex { target in
            target.reference == reference && target.parameters == parameters
                && target.standing == inherited.standing(target.facts)
        }
        if let known {
            return .target(known, lineage: inherited.lineage)
        }
        guard targets.count < CompiledRoute.mostTargets else {
            throw RouteFault(at: "targets", "A route may have \(CompiledRoute.mostTargets) targets at most.")
        }
        guard let (facts, health) = resolve(reference) else {
            let model = reference.model.map { " with the model \"\($0)\"" } ?? ""
            let mend = "Name a configured provider and a model that it serves."
            throw RouteFault(
                .unresolved, at: "targets", "There is no provider \"\(reference.provider)\"\(model). \(mend)")
        }
        targets.append(
            CompiledTarget(
                reference: reference, facts: facts, health: health, index: targets.count,
                retry: reference.retry ?? inherited.retry,
                timeouts: reference.timeouts?.over(inherited.timeouts) ?? inherited.timeouts ?? AttemptTimeouts(),
                parameters: parameters, standing: inherited.standing(facts)
            )
        )
        return .target(targets.count - 1, lineage: inherited.lineage)
    }

    /// A `conditional` group must name members that exist.
    private static func check(_ group: RouteGroup) throws(RouteFault) {
        guard case .conditional(let cases, let otherwise) = group.strategy else { return }
        let names = Set(group.members.compactMap(\.name))
        for name in cases.map(\.use) + [otherwise].compactMap(\.self) where !names.contains(name) {
            throw RouteFault(.unresolved, at: "cases", "No target of the group has the name \"\(name)\".")
        }
    }
}

extension RouteCompiler {
    /// The finished decision of a route that leaves nothing to decide, `nil` for every other.
    static func single(
        _ definition: RouteDefinition, root: CompiledNode, targets: [CompiledTarget]
    ) -> RoutingDecision? {
        guard targets.count == 1, targets[0].standing == nil, let lineage = root.onlyLineage else { return nil }
        let target = targets[0]
        return RoutingDecision(
            attempts: [PlannedAttempt(target, lineage: lineage)],
            considered: [Considered(target: 0, label: target.reference.label, verdict: .chosen(order: 0), score: nil)],
            strategy: root.strategyName, hedge: definition.hedge, streamBreak: definition.streamBreak
        )
    }
}

extension CompiledNode {
    /// Every target below, without repeats, in the order of the tree.
    var targets: [Int] {
        switch self {
        case .target(let index, _): return [index]
        case .group(let group):
            var all: [Int] = []
            for target in group.members.flatMap(\.targets) where !all.contains(target) { all.append(target) }
            return all
        }
    }

    /// The strategy of the root; a target alone counts as `single`.
    var strategyName: String {
        guard case .group(let group) = self else { return Strategy.single.name }
        return group.strategy.name
    }

    /// Where the way to the only target has no condition, no weight of 0 and no choice on it.
    var onlyLineage: [LineageStep]? {
        switch self {
        case .target(_, let lineage): return lineage
        case .group(let group):
            guard group.members.count == 1, group.members[0].condition == nil, group.members[0].weight > 0 else {
                return nil
            }
            if case .conditional = group.strategy { return nil }
            return group.members[0].node.onlyLineage
        }
    }
}

extension CompiledMember {
    var isTarget: Bool {
        if case .target = node { true } else { false }
    }
}

extension TargetRequirements {
    /// What the facts lack; unknown is lacking.
    func ruledOut(_ facts: TargetFacts) -> RuledOut? {
        if !regions.isEmpty, !regions.contains(where: { $0 == facts.region }) { return .region }
        if refusesDataCollection, facts.dataCollection != false { return .privacy }
        if zeroRetention, facts.zeroRetention != true { return .privacy }
        return nil
    }
}
