import Access
import Storage
import Vocabulary

/// Which rules a request for budgets means: those of the asking key's organisation and project, and of the teams,
/// users, keys and customers of that project.
struct BudgetList {
    /// One budget and whose it is.
    struct Rule {
        var subject: Subject
        var rule: BudgetRule
    }

    private let kind: SubjectKind?
    private let id: String?
    private let rule: String?
    private let organisation: String
    private let project: ProjectID

    init(_ query: QueryItems, _ principal: Principal) throws(APIError) {
        kind = try query.choice("kind", as: SubjectKind.self)
        id = try query.text("id")
        rule = try query.text("rule")
        organisation = principal.organisation
        project = principal.project
    }

    /// How full the rules are, in the order of `SubjectOrder`.
    func states(_ services: ControlServices) async throws -> [BudgetState] {
        var subjects = try await subjects(services)
        // A customer that only rules for each customer apply to is in no list: it is found by its name.
        if kind == .customer, let id { subjects.insert(.scoped(.customer, id, in: project)) }
        let states = subjects.flatMap { services.ledgerState($0) }.filter { rule == nil || rule == $0.rule }
        return states.sorted { ordered($0.subject, $0.rule) < ordered($1.subject, $1.rule) }
    }

    /// The budgets themselves, in the order of `SubjectOrder`.
    func rules(_ services: ControlServices) async throws -> [Rule] {
        let all = services.keySnapshot().rules
        let found = try await subjects(services).flatMap { subject in
            (all[subject]?.budgets ?? []).map { Rule(subject: subject, rule: $0) }
        }
        return found.filter { rule == nil || rule == $0.rule.id }.sorted {
            ordered($0.subject, $0.rule.id) < ordered($1.subject, $1.rule.id)
        }
    }

    private func ordered(_ subject: Subject, _ rule: String) -> String { "\(SubjectOrder.of(subject))/\(rule)" }

    private func subjects(_ services: ControlServices) async throws -> Set<Subject> {
        let keys = Set(try await services.keys.list(project: project).map(\.id))
        return Set(services.keySnapshot().rules.keys.filter { isMeant($0, keys: keys) })
    }

    private func isMeant(_ subject: Subject, keys: Set<String>) -> Bool {
        guard kind == nil || kind == subject.kind, id == nil || id == subject.local.id else { return false }
        switch subject.kind {
        case .organisation: return subject.id == organisation
        case .project: return subject.id == project
        case .key: return keys.contains(subject.id)
        case .team, .user, .customer: return subject.local.project == project
        }
    }
}
