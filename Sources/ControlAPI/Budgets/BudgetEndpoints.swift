import Access
import HTTPTypes
import Hummingbird
import Runtime
import Storage
import Vocabulary

/// `/budgets`: how full every rule is, and what its windows used.
func budgetEndpoints(_ services: ControlServices) -> [Endpoint] {
    let parameters = ["limit", "cursor", "count", "kind", "id", "rule"]
    return [
        .admin(.get, "/budgets", parameters: parameters, scope: .recordsRead) { request, principal in
            let states = try await BudgetList(request.query, principal).states(services)
            let page = try ListPage(of: states, .budgets, query: request.query) {
                "\(SubjectOrder.of($0.subject))/\($0.rule)"
            }
            let now = services.time.now()
            return Answers.list(page.items, next: page.next, total: page.total) { $0.write(to: &$1, now: now) }
        },
        .admin(
            .get, "/budgets/history", parameters: parameters + ["from", "to"], scope: .recordsRead
        ) { request, principal in
            let rules = try await BudgetList(request.query, principal).rules(services)
            let page = try ListPage(of: rules, .budgetHistory, query: request.query) {
                "\(SubjectOrder.of($0.subject))/\($0.rule.id)"
            }
            let range = try BudgetHistory.Range(request.query, now: services.time.now())
            var histories: [BudgetHistory] = []
            for item in page.items {
                // The window that never ends began before every range.
                let from = item.rule.window == .lifetime ? BudgetWindow.lifetimeStart : range.from
                let sums = try await services.events.ledgerHistory(
                    subject: item.subject, rule: item.rule.counter, from: from, to: range.to)
                histories.append(BudgetHistory(subject: item.subject, rule: item.rule, sums: sums))
            }
            return Answers.list(histories, next: page.next, total: page.total) { $0.write(to: &$1) }
        },
    ]
}

/// A text by which lists of rules are ordered: broad subjects first.
enum SubjectOrder {
    static func of(_ subject: Subject) -> String {
        let place = SubjectKind.allCases.firstIndex(of: subject.kind) ?? 0
        return "\(place)/\(subject.id)"
    }
}
