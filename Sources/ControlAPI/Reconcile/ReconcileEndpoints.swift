import Access
import HTTPTypes
import Hummingbird
import Storage
import Vocabulary

/// `/reconcile`.
func reconcileEndpoints(_ services: ControlServices) -> [Endpoint] {
    [
        .admin(
            .post, "/reconcile", parameters: ["provider", "from", "to", "tolerance"], scope: .recordsRead
        ) { request, principal in
            guard let reconciliation = services.reconciliation else {
                throw APIError.unavailable("Nothing is recorded here.")
            }
            guard let provider = try request.query.text("provider") else {
                throw APIError.invalidParameter("provider", expected: "the name of a configured provider")
            }
            var bill = ProviderBill(
                provider: provider, project: principal.project, export: [],
                from: try request.query.time("from"), to: try request.query.time("to"),
                tolerance: try tolerance(request.query))
            if let from = bill.from, let to = bill.to, from >= to {
                throw APIError.invalidParameter("from", expected: "before `to`")
            }
            bill.export = try await request.bytes(atMost: mostExportBytes)
            do {
                return Answers.bytes(try await reconciliation.reconcile(bill), type: "application/json")
            } catch let error as BillReconciliationError {
                throw APIError(status: .unprocessableContent, code: "invalid_export", message: error.message)
            }
        }
    ]
}

/// A year of days, models and keys.
private let mostExportBytes = 64 << 20

/// One per cent: providers round each bucket.
private func tolerance(_ query: QueryItems) throws(APIError) -> Double {
    guard let text = query.values["tolerance"] else { return 0.01 }
    guard let share = Double(text), (0...1).contains(share) else {
        throw .invalidParameter("tolerance", expected: "a share from 0 to 1, such as 0.01")
    }
    return share
}
