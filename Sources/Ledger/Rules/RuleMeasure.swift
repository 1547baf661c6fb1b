/// What a rule counts, budgets and limits alike.
package enum RuleMeasure: String, Sendable, CaseIterable {
    /// Nano-dollars.
    case money
    case tokens
    case requests
    /// Calls that are open at the same time.
    case parallel
    /// End customers that are followed at the same time: the ledger's own bound, not a rule of anybody's.
    case customers
}
