import Access
import Bytes
import HTTPTypes
import Hummingbird
import Storage
import Vocabulary

/// `/requests/{id}/why`.
func whyEndpoints(_ services: ControlServices) -> [Endpoint] {
    [
        .admin(.get, "/requests/{id}/why", scope: .recordsRead) { request, principal in
            guard let id = RequestID(hex: request.pathID),
                let span = try await services.events.span(id, project: principal.project)
            else {
                throw APIError.notFound(
                    "There is no request with this id in the project. It is the answer's `x-signalbox-request-id`, "
                        + "and shows up here within a second of the answer's end."
                )
            }
            let key = try await services.keys.list(project: principal.project).first { $0.id == span.keyID }
            return Answers.object { Why(span, keyName: key?.name).write(to: &$0) }
        }
    ]
}
