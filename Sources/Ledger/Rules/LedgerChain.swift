/// The rules of every subject that a caller speaks for, ready for counting. Made once per plan and key by
/// `Ledger.chain`, kept with the principal, and good for as long as the plan is.
package final class LedgerChain: Sendable {
    let entries: [ChainEntry]
    /// Rules for each end customer that has none of its own.
    let eachCustomer: [CompiledRule]
    /// Whether a call that names a customer has to ask the ledger.
    private let mayHaveCustomerRules: Bool

    init(entries: [ChainEntry], eachCustomer: [CompiledRule], customersHaveRules: Bool) {
        self.entries = entries
        self.eachCustomer = eachCustomer
        mayHaveCustomerRules = customersHaveRules || !eachCustomer.isEmpty
    }

    /// A chain without a rule.
    package static let empty = LedgerChain(entries: [], eachCustomer: [], customersHaveRules: false)

    /// Whether any rule can apply to a call, so that the ledger has to be asked. Reads two words and takes no lock.
    package func applies(toCustomer customer: String?) -> Bool {
        !entries.isEmpty || (mayHaveCustomerRules && customer != nil)
    }
}

/// One rule of a chain and the place of its count.
struct ChainEntry: Sendable {
    var meter: MeterID
    var rule: CompiledRule
}

/// The place of a count. A place is used again for another count, with the next generation.
struct MeterID: Sendable, Hashable {
    var index: Int32
    var generation: UInt32
}
