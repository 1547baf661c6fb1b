package import Vocabulary

/// Compares a provider's own export of usage or costs with what is recorded here.
package protocol BillReconciliation: Sendable {
    /// - Returns: The report as one JSON object (docs/reconcile.md).
    /// - Throws: `BillReconciliationError` that names the place in the export and the mend.
    func reconcile(_ bill: ProviderBill) async throws -> [UInt8]
}

/// A provider's export, and which records it is held against.
package struct ProviderBill: Sendable, Equatable {
    /// A configured provider's name.
    package var provider: String
    package var project: ProjectID
    /// CSV or JSON.
    package var export: [UInt8]
    /// `nil` for the first and last day of the export.
    package var from: UnixMicroseconds?
    package var to: UnixMicroseconds?
    /// Differences up to this share of the provider's figure are no difference, 0 to 1.
    package var tolerance: Double

    package init(
        provider: String, project: ProjectID, export: [UInt8], from: UnixMicroseconds? = nil,
        to: UnixMicroseconds? = nil, tolerance: Double
    ) {
        self.provider = provider
        self.project = project
        self.export = export
        self.from = from
        self.to = to
        self.tolerance = tolerance
    }
}

/// What is wrong with an export, where, and the mend.
package struct BillReconciliationError: Error, Sendable, Equatable {
    package var message: String

    package init(message: String) { self.message = message }
}
