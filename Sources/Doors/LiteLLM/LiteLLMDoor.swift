import Access
import HTTPTypes
import Vocabulary

/// LiteLLM's management API, at `/compat/litellm`.
enum LiteLLMDoor {
    static func door(_ services: DoorServices) -> Door {
        Door(
            root: "/compat/litellm", secretHeaders: ["x-litellm-api-key", "authorization", "x-api-key", "api-key"],
            error: error,
            endpoints: keys(services) + subjects(services) + budgets(services) + models(services) + spend(services)
                + health(services))
    }

    /// As LiteLLM's proxy writes errors: all members are texts, the code is the status.
    static func error(_ error: DoorError) -> JSONTree {
        let isAuth = error.status == .unauthorized || error.status == .forbidden
        return [
            "error": [
                "message": .string(error.message), "type": .string(isAuth ? "auth_error" : error.code), "param": "None",
                "code": .string(String(error.status.code)),
            ]
        ]
    }

    private static func keys(_ services: DoorServices) -> [DoorEndpoint] {
        let keys = LiteLLMKeys(services)
        return [
            DoorEndpoint(.post, "/key/generate") { DoorAnswer(try await keys.generate($0)) },
            DoorEndpoint(.post, "/key/service-account/generate") { DoorAnswer(try await keys.generate($0)) },
            DoorEndpoint(.post, "/key/update") { DoorAnswer(try await keys.update($0)) },
            DoorEndpoint(.post, "/key/delete") { DoorAnswer(try await keys.delete($0)) },
            DoorEndpoint(.get, "/key/info", .key) { DoorAnswer(try await keys.info($0)) },
            DoorEndpoint(.post, "/key/regenerate") { DoorAnswer(try await keys.regenerate($0)) },
            DoorEndpoint(.post, "/key/{key}/regenerate") { DoorAnswer(try await keys.regenerate($0)) },
            DoorEndpoint(.get, "/key/list") { DoorAnswer(try await keys.list($0)) },
            DoorEndpoint(.get, "/key/aliases") { DoorAnswer(try await keys.aliases($0)) },
            DoorEndpoint(.post, "/key/block") { DoorAnswer(try await keys.block($0, true)) },
            DoorEndpoint(.post, "/key/unblock") { DoorAnswer(try await keys.block($0, false)) },
        ]
    }

    /// LiteLLM's teams, users and customers are three kinds of one thing here.
    private static func subjects(_ services: DoorServices) -> [DoorEndpoint] {
        [LiteLLMNoun.team, .user, .customer, .endUser].flatMap { noun in
            let subjects = LiteLLMSubjects(noun, services)
            return [
                DoorEndpoint(.post, "/\(noun.path)/new") { DoorAnswer(try await subjects.create($0)) },
                DoorEndpoint(.get, "/\(noun.path)/info") { DoorAnswer(try await subjects.info($0)) },
                DoorEndpoint(.get, "/\(noun.path)/list") { DoorAnswer(try await subjects.list($0)) },
                DoorEndpoint(.post, "/\(noun.path)/update") { DoorAnswer(try await subjects.update($0)) },
                DoorEndpoint(.post, "/\(noun.path)/delete") { DoorAnswer(try await subjects.delete($0)) },
                DoorEndpoint(.post, "/\(noun.path)/block") { DoorAnswer(try await subjects.block($0, true)) },
                DoorEndpoint(.post, "/\(noun.path)/unblock") { DoorAnswer(try await subjects.block($0, false)) },
            ]
        }
    }

    private static func budgets(_ services: DoorServices) -> [DoorEndpoint] {
        let budgets = LiteLLMBudgets(services)
        return [
            DoorEndpoint(.post, "/budget/new") { DoorAnswer(try await budgets.create($0)) },
            DoorEndpoint(.post, "/budget/update") { DoorAnswer(try await budgets.update($0)) },
            DoorEndpoint(.post, "/budget/info") { DoorAnswer(try await budgets.info($0)) },
            DoorEndpoint(.get, "/budget/list") { DoorAnswer(try await budgets.list($0)) },
            DoorEndpoint(.post, "/budget/delete") { DoorAnswer(try await budgets.delete($0)) },
        ]
    }

    private static func models(_ services: DoorServices) -> [DoorEndpoint] {
        let infos = ["/model/info", "/v1/model/info", "/v2/model/info"].map { path in
            DoorEndpoint(.get, path, .key) { DoorAnswer(LiteLLMModels.info($0, services)) }
        }
        let lists = ["/models", "/v1/models"].map { path in
            DoorEndpoint(.get, path, .key) { DoorAnswer(LiteLLMModels.list($0, services)) }
        }
        return infos + lists + [
            DoorEndpoint(.get, "/model_group/info", .key) { DoorAnswer(LiteLLMModels.groups($0, services)) },
            DoorEndpoint(.post, "/utils/token_counter", .key) { DoorAnswer(try LiteLLMModels.count($0)) },
        ]
            + ["new", "update", "delete"].map { verb in
                DoorEndpoint(.post, "/model/\(verb)") { _ in
                    throw DoorError.notDone(
                        "Changing models through this API",
                        instead: "Edit signalbox.yaml and reload, or use POST /api/v1/routes.")
                }
            }
    }

    private static func spend(_ services: DoorServices) -> [DoorEndpoint] {
        let spend = LiteLLMSpend(services)
        return [
            DoorEndpoint(.get, "/spend/logs") { DoorAnswer(try await spend.logs($0)) },
            DoorEndpoint(.get, "/spend/keys") { DoorAnswer(try await spend.keys($0)) },
            DoorEndpoint(.get, "/spend/users") { DoorAnswer(try await spend.users($0)) },
            DoorEndpoint(.get, "/spend/tags") { DoorAnswer(try await spend.tags($0)) },
            DoorEndpoint(.get, "/global/spend") { DoorAnswer(try await spend.global($0)) },
            DoorEndpoint(.post, "/spend/calculate", .key) { DoorAnswer(try spend.calculate($0)) },
        ]
    }

    private static func health(_ services: DoorServices) -> [DoorEndpoint] {
        let alive = ["/health/liveliness", "/health/liveness"].map { path in
            DoorEndpoint(.get, path, .open) { _ in DoorAnswer("I'm alive!") }
        }
        return alive + [
            DoorEndpoint(.get, "/health/readiness", .open) { _ in LiteLLMModels.readiness(services) },
            DoorEndpoint(.get, "/health", .key) { DoorAnswer(LiteLLMModels.health($0, services)) },
        ]
    }
}
