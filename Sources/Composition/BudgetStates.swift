import ControlAPI
import Ledger
import Vocabulary

extension BudgetState {
    /// How full the rules of one subject are.
    static func all(of subject: Subject, in ledger: Ledger, at now: UnixMicroseconds) -> [BudgetState] {
        ledger.state(of: subject, at: now).map { state in
            BudgetState(
                subject: state.subject, rule: state.rule, unit: state.measure.rawValue, mode: state.mode,
                models: state.models, limit: state.limit, used: state.used, reserved: state.reserved,
                window: state.window, period: state.period, resetAfter: state.resetAfter
            )
        }
    }
}
