import Storage
package import Vocabulary

/// What holds for one end customer of a call.
package struct CustomerTerms: Sendable, Equatable {
    /// The id as the caller wrote it.
    package var id: String
    /// Whom its sums are kept under; unique across projects.
    package var subject: Subject
    /// Its calls are refused until it is unblocked.
    package var isBlocked: Bool
    private var allowance: ModelAllowance?

    /// Longest id of a customer, in bytes.
    package static let longestID = 200

    /// - Returns: `nil` for an id that is empty, too long or holds control characters: nobody can be named so.
    init?(_ id: String, project: ProjectID, in directory: SubjectDirectory) {
        guard SubjectRules.isName(id, longest: Self.longestID) else { return nil }
        self.id = id
        subject = .scoped(.customer, id, in: project)
        let record = directory[subject]
        isBlocked = record?.isBlocked ?? false
        allowance = record.flatMap { $0.allowedModels.isEmpty ? nil : ModelAllowance($0.allowedModels) }
    }

    /// Whether its calls may use the model, as far as the customer goes; the key's lists hold as well.
    package func mayUse(model: String) -> Bool { allowance?.allows(model) ?? true }
}
