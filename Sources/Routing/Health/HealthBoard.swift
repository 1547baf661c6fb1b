import Synchronization

/// The health of all targets, by target id. It outlives every plan.
package final class HealthBoard: Sendable {
    private let targets = Mutex<[String: TargetHealth]>([:])

    package init() {}

    /// The health kept under `id`, new where there is none yet. Other rules than before replace the old ones.
    package func health(for id: String, rules: BreakerRules = BreakerRules()) -> TargetHealth {
        targets.withLock { targets in
            if let known = targets[id] {
                known.setRules(rules)
                return known
            }
            let health = TargetHealth(rules: rules)
            targets[id] = health
            return health
        }
    }

    /// The health kept under `id`, with the rules that it has; `nil` where there is none.
    package func known(_ id: String) -> TargetHealth? { targets.withLock { $0[id] } }

    /// Forgets every target but these: the bound of the board is the number of targets in force.
    package func keep(only ids: Set<String>) {
        targets.withLock { targets in targets = targets.filter { ids.contains($0.key) } }
    }

    /// Every target with its health, by id.
    package func snapshots(now: UInt64) -> [(id: String, view: HealthView)] {
        let all = targets.withLock { $0 }
        return all.sorted { $0.key < $1.key }.map { ($0.key, $0.value.snapshot(now: now)) }
    }
}
