import Access
import Bytes
import HTTPTypes
import Hummingbird
import Storage
import Vocabulary

/// `/organisations`, `/projects`, `/teams`, `/users`, `/customers`: list, create, show, change, remove.
///
/// Teams, users and customers are those of the asking key's project. Organisations and projects are administered from
/// the default project alone.
func subjectEndpoints(_ services: ControlServices) -> [Endpoint] {
    let kinds: [(SubjectKind, String)] = [
        (.organisation, "/organisations"), (.project, "/projects"), (.team, "/teams"), (.user, "/users"),
        (.customer, "/customers"),
    ]
    return kinds.flatMap { SubjectEndpoints(kind: $0, path: $1, registry: services.keys).all }
}

/// The five endpoints of one kind.
private struct SubjectEndpoints: Sendable {
    var kind: SubjectKind
    var path: String
    var registry: KeyRegistry

    var all: [Endpoint] { [list, create, show, change, remove] }

    private var list: Endpoint {
        .admin(.get, path, parameters: ["limit", "cursor", "count", "name", "blocked"]) { request, principal in
            try checkProject(principal)
            let name = try request.query.text("name")
            let isBlocked = try request.query.flag("blocked")
            let matching = try await registry.subjects(kind, project: principal.project).filter { subject in
                (name == nil || name == subject.name) && (isBlocked == nil || isBlocked == subject.isBlocked)
            }
            let page = try ListPage(
                of: matching.sorted { $0.id < $1.id }, .subjects, query: request.query, identity: \.id)
            return Answers.list(page.items, next: page.next, total: page.total) { subject, json in
                json.beginObject()
                write(subject, to: &json)
                json.endObject()
            }
        }
    }

    private var create: Endpoint {
        .admin(.post, path) { request, principal in
            try checkProject(principal)
            let fields = try await request.fields(["id"] + SubjectFields.changeable(kind))
            let new = NewSubject(
                kind, id: try fields.text("id"), project: principal.project,
                changes: try SubjectFields.changes(fields, of: kind))
            let subject = try await registry.create(new)
            return Answers.object(.created) { write(subject, to: &$0) }
        }
    }

    private var show: Endpoint {
        .admin(.get, path + "/{id}") { request, principal in
            try checkProject(principal)
            let subject = try await registry.subject(kind, id: request.pathID, project: principal.project)
            return Answers.object { write(subject, to: &$0) }
        }
    }

    private var change: Endpoint {
        .admin(.patch, path + "/{id}") { request, principal in
            try checkProject(principal)
            let known = SubjectFields.changeable(kind)
            let fields = try await request.fields(known)
            guard !fields.values.isEmpty else {
                let list = known.map { "`\($0)`" }.joined(separator: ", ")
                throw APIError.invalidBody("name at least one of \(list)")
            }
            let subject = try await registry.update(
                kind, id: request.pathID, project: principal.project, try SubjectFields.changes(fields, of: kind))
            return Answers.object { write(subject, to: &$0) }
        }
    }

    private var remove: Endpoint {
        .admin(.delete, path + "/{id}") { request, principal in
            try checkProject(principal)
            try await registry.delete(kind, id: request.pathID, project: principal.project)
            return Response(status: .noContent)
        }
    }

    private func checkProject(_ principal: Principal) throws(APIError) {
        guard kind == .organisation || kind == .project, principal.project != KeyRegistry.defaultProject else { return }
        throw APIError(
            status: .forbidden, code: "default_project_required",
            message: "Organisations and projects are administered with an admin key of the project `default`."
        )
    }
}
