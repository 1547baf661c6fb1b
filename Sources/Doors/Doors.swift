import Access
import HTTPTypes
package import Hummingbird

/// Other products' management APIs, below `/compat/<product>`: thin adapters over the same rooms as our own API.
///
/// Guarantees: nothing that a caller asks for is dropped in silence (what a door does not do is refused with a word on
/// what to do instead); the rules for keys and budgets are those of the rooms, and no door has rules of its own. Model
/// calls below the same prefixes are the data plane's.
package struct Doors: Sendable {
    let services: DoorServices
    let doors: [Door]

    package init(_ services: DoorServices) {
        self.services = services
        doors = [
            OpenRouterDoor.door(services), PortkeyDoor.door(services), LiteLLMDoor.door(services),
            HeliconeDoor.door(services),
        ]
    }

    /// Adds every door's routes, and an answer in the door's own shape for every other path below its root.
    package func addRoutes<Context: RequestContext>(to router: Router<Context>) {
        for door in doors {
            for endpoint in door.endpoints { add(endpoint, of: door, to: router) }
            for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete] {
                add(DoorEndpoint(method, "/**", .open) { _ in throw Self.unknown(door) }, of: door, to: router)
            }
        }
    }

    /// Every route in words, for example `GET /compat/litellm/key/info`.
    package var routes: [String] {
        doors.flatMap { door in door.endpoints.map { "\($0.method.rawValue) \(door.root)\($0.path)" } }
    }

    private func add<Context: RequestContext>(_ endpoint: DoorEndpoint, of door: Door, to router: Router<Context>) {
        let runner = DoorRunner(door: door, endpoint: endpoint, services: services)
        router.on(RouterPath(door.root + endpoint.path), method: endpoint.method) { request, context in
            try await runner.respond(to: request, parameters: context.parameters, logger: context.logger)
        }
    }

    private static func unknown(_ door: Door) -> DoorError {
        .notFound("There is nothing at this path below \(door.root). docs/compat.md lists what is there.")
    }
}

extension Doors {
    /// Hands the saved Portkey configurations of every project that has a key to `savedConfigs`. Call at start.
    package func restore() async throws {
        let configs = PortkeyConfigs(services)
        for project in Set(services.keySnapshot().principals.map(\.project)).sorted() {
            await services.savedConfigs(try await configs.saved(project))
        }
    }
}
