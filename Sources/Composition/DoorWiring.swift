import Access
import Doors
import Gateway
import Routing
import Runtime
import Synchronization
import Vocabulary

/// What the doors of other products are given of the server.
extension Platform {
    func doorServices(isServing: @escaping @Sendable () -> Bool) -> DoorServices {
        let ids = Mutex(UUIDv7Generator())
        return DoorServices(
            events: events, records: records, keys: keys,
            keySnapshot: { [registry] in registry.keys },
            models: { [registry, time] in DoorModel.all(in: registry.plan, at: time.monotonicNanoseconds()) },
            isServing: isServing, time: time,
            makeRequestID: { [time] in
                let words = ids.withLock { $0.next(at: time.now()) }
                return ID128(high: words.high, low: words.low)
            }
        )
    }
}

extension DoorModel {
    /// Every name that callers may use, once for each target behind it.
    static func all(in plan: GatewayPlan, at now: UInt64) -> [DoorModel] {
        plan.routes.values.sorted { $0.name < $1.name }.flatMap { route in
            route.targets.map { target in
                DoorModel(
                    name: route.name, provider: target.provider.name, upstreamModel: target.upstreamModel,
                    catalog: target.catalogModel, isHealthy: target.health?.brief(now: now).breaker == .closed
                )
            }
        }
    }
}
