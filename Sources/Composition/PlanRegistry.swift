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

    func publish(_ compiler: PlanCompiler) async {
        await publish(
            state.withLock { state in
                state.compiler = compiler
                return state.compile()
            }
        )
    }

    private func publish(_ plan: GatewayPlan) async {
        await loops.withLock { $0 }?.publish(plan)
    }
}
