import Catalog
import ControlAPI
import Gateway
import Vocabulary

extension ModelListing {
    /// Every route of a plan as the control API shows it, by name.
    static func all(in plan: GatewayPlan, at time: UnixMicroseconds) -> [ModelListing] {
        plan.routes.values.sorted { $0.name < $1.name }.map { route in
            let target = route.first
            let model = target.catalogModel
            return ModelListing(
                name: route.name, provider: target.provider.name, dialect: target.provider.dialect,
                upstreamModel: target.upstreamModel, price: model?.price(at: time), contextWindow: model?.contextWindow,
                maximumOutputTokens: model?.maxOutputTokens, capabilities: model?.capabilities.names ?? [],
                trainsOnInputs: model?.trainsOnInputs, region: model?.region
            )
        }
    }
}
