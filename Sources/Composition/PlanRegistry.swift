import Access
import Catalog
import DataPlane
import Gateway
import Settings
import Synchronization

/// The plan in force and what it was compiled from. Publishing replaces it on every event loop.
final class PlanRegistry: Sendable {
    private struct State {
        var compiler: PlanCompiler
        var keys: KeySnapshot
        var plan: GatewayPlan

        mutating func compile() -> GatewayPlan {
            plan = compiler.plan(keys: keys, generation: plan.generation + 1)
            return plan
        }
    }

    private let state: Mutex<State>
    private let loops: Mutex<DataPlaneLoops?> = Mutex(nil)

    init(compiler: PlanCompiler, keys: KeySnapshot) {
        state = Mutex(State(compiler: compiler, keys: keys, plan: compiler.plan(keys: keys, generation: 1)))
    }

    var plan: GatewayPlan { state.withLock { $0.plan } }
    var keys: KeySnapshot { state.withLock { $0.keys } }
    var compiler: PlanCompiler { state.withLock { $0.compiler } }
    var settings: Settings { state.withLock { $0.compiler.settings } }

    /// From now on plans go to these loops.
    func attach(_ loops: DataPlaneLoops) { self.loops.withLock { $0 = loops } }

    func publish(keys: KeySnapshot) async {
        await publish(
            state.withLock { state in
                state.keys = keys
                return state.compile()
            }
        )
    }

    /// Changes what plans are compiled from, in one step: of two changes at once none is lost.
    ///
    /// - Throws: What `change` throws; the plan in force stays.
    func update(_ change: (PlanCompiler) throws -> PlanCompiler) async throws {
        await publish(
            try state.withLock { state in
                state.compiler = try change(state.compiler)
                return state.compile()
            }
        )
    }

    private func publish(_ plan: GatewayPlan) async {
        await loops.withLock { $0 }?.publish(plan)
    }
}
