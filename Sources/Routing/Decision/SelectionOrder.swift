extension Selection {
    /// The targets below a node in the order they are tried, without those that are ruled out.
    mutating func walk(_ node: CompiledNode, random: inout DecisionRandom) -> [Placed] {
        switch node {
        case .target(let index, let lineage):
            return verdicts[index] == nil ? [Placed(target: index, lineage: lineage)] : []
        case .group(let group):
            var order: [Placed] = []
            for member in chosen(group, random: &random) {
                order += walk(member.node, random: &random)
                if !group.fallsOver, !order.isEmpty { break }
            }
            return order
        }
    }

    /// The members that may take the call, in the order of the strategy; the lowest `order` first.
    private mutating func chosen(_ group: CompiledGroup, random: inout DecisionRandom) -> [CompiledMember] {
        let candidates = candidates(group)
        guard group.hasOrders else { return ranked(candidates, in: group, random: &random) }
        var members: [CompiledMember] = []
        for order in Set(candidates.map(\.order)).sorted() {
            members += ranked(candidates.filter { $0.order == order }, in: group, random: &random)
        }
        return members
    }

    /// Members whose condition holds, that have weight where it counts, and with a target that is not ruled out.
    private mutating func candidates(_ group: CompiledGroup) -> [CompiledMember] {
        var members: [CompiledMember] = []
        let selected = selectedName(group)
        for (place, member) in group.members.enumerated() {
            if let reason = passedOver(member, place, group, selected) {
                for target in member.targets { marks[target] = marks[target] ?? reason }
            } else if member.targets.contains(where: { verdicts[$0] == nil }) {
                members.append(member)
            }
        }
        return members
    }

    private func passedOver(
        _ member: CompiledMember, _ place: Int, _ group: CompiledGroup, _ selected: String??
    ) -> RuledOut? {
        if let selected, member.name == nil || member.name != selected { return .notSelected }
        if case .single = group.strategy, place > 0 { return .notSelected }
        if case .weighted = group.strategy, member.weight <= 0 { return .weightZero }
        guard let condition = member.condition else { return nil }
        return condition.holds(for: TargetedFacts(call: facts, target: target(of: member))) ? nil : .condition
    }

    /// The name that a conditional group selects: `nil` for other groups, `.some(nil)` where nothing is selected.
    private func selectedName(_ group: CompiledGroup) -> String?? {
        guard case .conditional(let cases, let otherwise) = group.strategy else { return nil }
        return .some(cases.first { $0.when.holds(for: facts) }?.use ?? otherwise)
    }

    private func target(of member: CompiledMember) -> CompiledTarget? {
        if case .target(let index, _) = member.node { route.targets[index] } else { nil }
    }

    private mutating func ranked(
        _ members: [CompiledMember], in group: CompiledGroup, random: inout DecisionRandom
    ) -> [CompiledMember] {
        let strategy = effective(group)
        if let stickyKey, strategy.spreads { return ranked(members, strategy, stickyKey) }
        switch strategy {
        case .single, .fallback, .conditional: return members
        case .weighted: return byWeight(members, random: &random)
        case .leastLatency: return betterOfTwo(members, random: &random)
        case .cheapest:
            return by(members) {
                .price($0)
            } value: {
                $0.price($1)
            }
        case .leastBusy:
            let shuffled = members.shuffled(using: &random)
            return by(shuffled) {
                .inFlight(Int($0))
            } value: {
                Double($0.health[$1].inFlight)
            }
        case .highestThroughput:
            return by(members) {
                .throughput($0.isFinite ? -$0 : nil)
            } value: { selection, target in
                selection.route.targets[target].health.snapshot(now: selection.now).throughputP50.map { -$0 }
                    ?? .infinity
            }
        }
    }

    /// The caller's sort takes the place of the strategy in groups of targets.
    private func effective(_ group: CompiledGroup) -> Strategy {
        guard let sort = request.preferences.sort, group.isLeaf else { return group.strategy }
        switch group.strategy {
        case .single, .conditional: return group.strategy
        default: break
        }
        return switch sort.by {
        case .price: .cheapest
        case .latency: .leastLatency
        case .throughput: .highestThroughput
        }
    }
}

extension Selection {
    /// By rendezvous hashing: the same session finds the same order as long as the members stay.
    private mutating func ranked(_ members: [CompiledMember], _ strategy: Strategy, _ key: UInt64) -> [CompiledMember] {
        let isWeighted = strategy == .weighted
        let scored = members.map {
            ($0, Rendezvous.score(key: key, identity: $0.identity, weight: isWeighted ? $0.weight : 1))
        }
        for (member, score) in scored { note(.affinity(score), member) }
        return scored.stablySorted { $0.1 > $1.1 }.map(\.0)
    }

    /// Drawn one after the other without putting back, each by its share of what is left.
    private mutating func byWeight(
        _ members: [CompiledMember], random: inout DecisionRandom
    ) -> [CompiledMember] {
        for member in members { note(.weight(member.weight), member) }
        var left = members
        var order: [CompiledMember] = []
        while left.count > 1 {
            var point = Double.random(in: 0..<1, using: &random) * left.reduce(0) { $0 + $1.weight }
            let drawn = left.firstIndex { member in
                point -= member.weight
                return point < 0
            }
            order.append(left.remove(at: drawn ?? left.count - 1))
        }
        return order + left
    }

    /// Power of two choices: two at random, the less loaded first; the others by their load. Source: M. Mitzenmacher,
    /// "The Power of Two Choices in Randomized Load Balancing", 2001. One clear best target would draw every call of
    /// every loop at once; of two at random it draws its share.
    private mutating func betterOfTwo(
        _ members: [CompiledMember], random: inout DecisionRandom
    ) -> [CompiledMember] {
        var scored = members.shuffled(using: &random).map { ($0, best($0) { $0.load($1) }) }
        for (member, score) in scored { note(.latency(score), member) }
        guard scored.count > 2 else { return scored.stablySorted { $0.1 < $1.1 }.map(\.0) }
        let winner = scored.remove(at: scored[1].1 < scored[0].1 ? 1 : 0)
        return [winner.0] + scored.stablySorted { $0.1 < $1.1 }.map(\.0)
    }

    private mutating func by(
        _ members: [CompiledMember], score: (Double) -> RouteScore, value: (Selection, Int) -> Double
    ) -> [CompiledMember] {
        let scored = members.map { ($0, best($0, value)) }
        for (member, figure) in scored { note(score(figure), member) }
        return scored.stablySorted { $0.1 < $1.1 }.map(\.0)
    }

    /// The least value among the member's targets that may take the call.
    private func best(_ member: CompiledMember, _ value: (Selection, Int) -> Double) -> Double {
        member.targets.reduce(.infinity) { verdicts[$1] == nil ? min($0, value(self, $1)) : $0 }
    }

    private mutating func note(_ score: RouteScore, _ member: CompiledMember) {
        for target in member.targets where scores[target] == nil { scores[target] = score }
    }

    /// Peak EWMA times the calls that would then be in flight. A target without an answer yet counts as quick until it
    /// has its first call, and as slow while that call is out.
    func load(_ target: Int) -> Double {
        let brief = health[target]
        guard let latency = brief.latency else { return brief.inFlight == 0 ? 0 : 1e15 + Double(brief.inFlight) }
        return latency * Double(brief.inFlight + 1)
    }

    /// Nano-dollars for the call, by its input and an assumed output; infinite where a price is not known.
    func price(_ target: Int) -> Double {
        let facts = route.targets[target].facts
        guard let input = facts.inputPrice, let output = facts.outputPrice else { return .infinity }
        let written = Double(min(request.maximumOutputTokens ?? .max, RoutingAssumptions.outputTokens))
        return (Double(request.inputTokens) * Double(input) + written * Double(output)) / 1e6
    }
}

/// Figures that routing has to assume.
package enum RoutingAssumptions {
    /// Tokens of output per call, where the caller does not allow less: limits that callers set are far above what
    /// models write, and would make every price that of the output.
    package static let outputTokens: Int64 = 500
}

extension Strategy {
    /// True where members are equals among which a session may be kept on one.
    var spreads: Bool {
        switch self {
        case .weighted, .leastLatency, .leastBusy, .highestThroughput: true
        case .single, .fallback, .cheapest, .conditional: false
        }
    }
}
