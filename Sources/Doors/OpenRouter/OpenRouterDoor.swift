import Access
import HTTPTypes
import Runtime
import Storage
import Vocabulary

/// OpenRouter's API for models, keys, credits and past generations, at `/compat/openrouter/api/v1`.
enum OpenRouterDoor {
    static func door(_ services: DoorServices) -> Door {
        Door(
            root: "/compat/openrouter/api/v1", secretHeaders: ["authorization", "x-api-key"], error: error,
            endpoints: models(services) + keys(services) + [
                DoorEndpoint(.get, "/generation", .key) { request in
                    DoorAnswer(["data": try await OpenRouterGeneration.find(request, services)])
                },
                DoorEndpoint(.get, "/credits", .key) { request in
                    DoorAnswer(["data": try await OpenRouterKeys.credits(request, services)])
                },
            ])
    }

    /// `{"error": {"code": 404, "message": ...}}`; the code is the status.
    static func error(_ error: DoorError) -> JSONTree {
        [
            "error": [
                "code": .int(Int64(error.status.code)), "message": .string(error.message),
                "metadata": ["error_type": .string(error.code)],
            ]
        ]
    }

    private static func models(_ services: DoorServices) -> [DoorEndpoint] {
        [
            DoorEndpoint(.get, "/models", .key) { DoorAnswer(try OpenRouterModels.page($0, services)) },
            DoorEndpoint(.get, "/models/user", .key) { DoorAnswer(try OpenRouterModels.page($0, services)) },
            DoorEndpoint(.get, "/models/count", .key) { request in
                let count = OpenRouterModels.usable(request, services).count
                return DoorAnswer(["data": ["count": .int(Int64(count))]])
            },
            DoorEndpoint(.get, "/model/{author}/{slug}", .key) { request in
                let group = try OpenRouterModels.find(request, services)
                return DoorAnswer(["data": OpenRouterModels.model(group, at: services.time.now())])
            },
            DoorEndpoint(.get, "/models/{author}/{slug}/endpoints", .key) { request in
                let group = try OpenRouterModels.find(request, services)
                return DoorAnswer(["data": OpenRouterModels.endpoints(group, at: services.time.now())])
            },
            DoorEndpoint(.get, "/providers", .key) { _ in
                DoorAnswer(["data": .array(OpenRouterModels.providers(services))])
            },
        ]
    }

    private static func keys(_ services: DoorServices) -> [DoorEndpoint] {
        [
            DoorEndpoint(.get, "/key", .key) { request in
                DoorAnswer(["data": try await OpenRouterKeys.own(request, services)])
            },
            DoorEndpoint(.get, "/auth/key", .key) { request in
                DoorAnswer(["data": try await OpenRouterKeys.own(request, services)])
            },
            DoorEndpoint(.get, "/keys") { DoorAnswer(["data": .array(try await OpenRouterKeys.list($0, services))]) },
            DoorEndpoint(.post, "/keys") {
                DoorAnswer(try await OpenRouterKeys.create($0, services), status: .created)
            },
            DoorEndpoint(.get, "/keys/{hash}") { request in
                DoorAnswer(["data": try await OpenRouterKeys.get(request, services)])
            },
            DoorEndpoint(.patch, "/keys/{hash}") { request in
                DoorAnswer(["data": try await OpenRouterKeys.update(request, services)])
            },
            DoorEndpoint(.delete, "/keys/{hash}") { request in
                try await services.keys.revoke(id: request.path["hash"] ?? "", project: request.project)
                return DoorAnswer(["deleted": true])
            },
        ]
    }
}
