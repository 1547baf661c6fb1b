import Access
import HTTPTypes
import Vocabulary

/// Portkey's API beside the model calls, at `/compat/portkey/v1`.
enum PortkeyDoor {
    static func door(_ services: DoorServices) -> Door {
        Door(
            root: "/compat/portkey/v1", secretHeaders: ["x-portkey-api-key", "authorization"], error: error,
            endpoints: configs(services) + prompts() + [
                DoorEndpoint(.get, "/models", .key) { DoorAnswer(models($0, services)) },
                DoorEndpoint(.post, "/logs", .key) { request in
                    DoorAnswer(try await PortkeyLogs.store(request, services))
                },
                DoorEndpoint(.post, "/feedback", .key) { request in
                    DoorAnswer(try await PortkeyFeedback.store(request, services))
                },
            ])
    }

    /// `{"success": false, "error": {...}}`, and the `message` that the client shows.
    static func error(_ error: DoorError) -> JSONTree {
        [
            "success": false, "status": "failure", "message": .string(error.message),
            "error": ["message": .string(error.message), "type": .string(error.code), "code": .string(error.code)],
        ]
    }

    /// As OpenAI lists models, with Portkey's slug.
    private static func models(_ request: DoorRequest, _ services: DoorServices) -> JSONTree {
        let usable = services.models().filter { request.principal?.mayUse(model: $0.name) ?? false }
        var seen: Set<String> = []
        let rows: [JSONTree] = usable.filter { seen.insert($0.name).inserted }.map { model in
            [
                "id": .string(model.name), "object": "model", "created": 0, "owned_by": .string(model.provider),
                "slug": .string("@\(model.provider)/\(model.upstreamModel)"),
            ]
        }
        return ["object": "list", "total": .int(Int64(rows.count)), "data": .array(rows)]
    }

    private static func configs(_ services: DoorServices) -> [DoorEndpoint] {
        let configs = PortkeyConfigs(services)
        return [
            DoorEndpoint(.post, "/configs") { DoorAnswer(try await configs.create($0)) },
            DoorEndpoint(.get, "/configs") { DoorAnswer(try await configs.list($0)) },
            DoorEndpoint(.get, "/configs/{slug}") { DoorAnswer(try await configs.get($0)) },
            DoorEndpoint(.put, "/configs/{slug}") { DoorAnswer(try await configs.update($0)) },
            DoorEndpoint(.delete, "/configs/{slug}") { DoorAnswer(try await configs.delete($0)) },
        ]
    }

    /// Stored prompts are a room of their own that has no door yet.
    private static func prompts() -> [DoorEndpoint] {
        let paths = ["/prompts", "/prompts/{id}", "/prompts/{id}/completions", "/prompts/{id}/render"]
        return paths.flatMap { path in
            [DoorEndpoint(.post, path, .key, refusePrompts), DoorEndpoint(.get, path, .key, refusePrompts)]
        }
    }

    @Sendable private static func refusePrompts(_ request: DoorRequest) throws -> DoorAnswer {
        throw DoorError.notDone(
            "The prompt registry behind Portkey's client", instead: "Send the messages themselves for now.")
    }
}
