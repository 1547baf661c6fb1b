import Access
import Caching
import HTTPTypes
import Storage
import Hummingbird
import Storage
import Vocabulary

/// `/cache`: what the answer cache holds and did for the asking key's project, and emptying it.
func cacheEndpoints(_ services: ControlServices) -> [Endpoint] {
    [
        .admin(.get, "/cache", scope: .recordsRead) { _, principal in
            guard let cache = services.cache else { throw noCache }
            let reports = cache.report(project: principal.project)
            return Answers.object { CacheJSON.write(reports, limits: cache.limits, to: &$0) }
        },
        .admin(.delete, "/cache", parameters: ["route", "namespace"]) { request, principal in
            guard let cache = services.cache else { throw noCache }
            let purged = cache.purge(
                project: principal.project, route: try request.query.text("route"),
                namespace: try request.query.text("namespace")
            )
            return Answers.object { $0.member("purged", Int64(purged)) }
        },
    ]
}

private let noCache = APIError.notFound("This server has no answer cache.")
