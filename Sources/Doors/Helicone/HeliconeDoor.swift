import Access
import HTTPTypes
import Storage
import Vocabulary

/// What programs that use Helicone's proxy call beside it, at `/compat/helicone`.
enum HeliconeDoor {
    static func door(_ services: DoorServices) -> Door {
        Door(
            root: "/compat/helicone", secretHeaders: ["helicone-auth", "authorization", "x-api-key"],
            error: { ["data": nil, "error": .string($0.message)] },
            endpoints: [
                DoorEndpoint(.get, "/v1/models", .key) { DoorAnswer(LiteLLMModels.list($0, services)) },
                DoorEndpoint(.post, "/v1/request/{id}/feedback", .key) { request in
                    try await feedback(request, services)
                },
                DoorEndpoint(.post, "/v1/request/{id}/score", .key) { request in
                    try await scores(request, services)
                },
                DoorEndpoint(.put, "/v1/request/{id}/property", .key) { _ in
                    throw DoorError.notDone(
                        "Changing a stored request", instead: "Records never change; send Helicone-Property-* headers.")
                },
            ])
    }

    /// `{"rating": true}`, as 1 or 0.
    private static func feedback(_ request: DoorRequest, _ services: DoorServices) async throws -> DoorAnswer {
        guard let rating = request.body["rating"]?.flag else { throw DoorError.invalid("rating", "`true` or `false`") }
        return try await store(["rating": .int(rating ? 1 : 0)], request, services)
    }

    /// `{"scores": {"name": 1}}`: numbers, and flags as 1 or 0.
    private static func scores(_ request: DoorRequest, _ services: DoorServices) async throws -> DoorAnswer {
        guard let scores = request.body["scores"], !scores.members.isEmpty, scores.members.count <= 100 else {
            throw DoorError.invalid("scores", "an object of 1 to 100 numbers")
        }
        return try await store(scores, request, services)
    }

    private static func store(
        _ scores: JSONTree, _ request: DoorRequest, _ services: DoorServices
    ) async throws -> DoorAnswer {
        guard let store = services.feedback, let principal = request.principal else {
            throw DoorError.notDone(
                "Feedback", instead: "It is refused rather than dropped; keep it on your side for now.")
        }
        guard principal.may(.recordsWrite) else { throw AccessError.scopeRequired }
        let all = try scores.members.map { member in
            let flag: Double? = member.value.flag.map { $0 ? 1 : 0 }
            guard let value = member.value.double ?? flag else {
                throw DoorError.invalid("scores.\(member.key)", "a number, `true` or `false`")
            }
            return DoorFeedback(
                project: principal.project, subject: request.path["id"] ?? "", value: value,
                metadata: [MetadataPair(key: "name", value: member.key)])
        }
        for one in all { _ = try await store(one) }
        return DoorAnswer(["data": nil, "error": nil], status: .accepted)
    }
}
