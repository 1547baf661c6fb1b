import Access
import Bytes
import Gateway
import NIOCore
import NIOHTTP1
import Providers
import Routing
import Vocabulary

/// What the router is told of a call.
enum RoutingFacts {
    static func request(
        _ call: Call, _ endpoint: Endpoint, _ outline: RequestOutline, _ principal: Principal,
        _ route: CompiledRoute, _ wishes: RoutePreferences?
    ) -> RouteRequest {
        var request = RouteRequest(
            model: outline.model, operation: endpoint.operation, path: String(call.head.uri.prefix { $0 != "?" }),
            streams: outline.streams, needs: needs(call, outline),
            inputTokens: Int64((call.requestBody.readableBytes + 3) / 4), keyID: principal.keyID,
            project: principal.project, environment: call.caller.environment ?? principal.environment
        )
        request.maximumOutputTokens = outline.maximumOutputTokens
        request.user = call.caller.user ?? outline.user ?? wishes?.user
        request.session = call.caller.session ?? outline.cacheKey ?? wishes?.session
        request.team = principal.team
        request.customer = call.customerID
        request.feature = call.caller.feature
        request.tags = call.caller.tags + (wishes?.tags ?? [])
        request.metadata = call.caller.metadata + outline.metadata + (wishes?.metadata ?? [])
        request.priority = route.definition.priority
        if let wishes {
            request.preferences = wishes
            if wishes.requiresParameters { request.parameterNames = names(call) }
        }
        return request
    }

    /// What a model must be able to do for this call. Pictures and files are found by their parts' types.
    private static func needs(_ call: Call, _ outline: RequestOutline) -> Capabilities {
        var needs: Capabilities = outline.streams ? .streaming : []
        if outline.hasTools { needs.insert(.tools) }
        let body = call.requestBody.withUnsafeReadableBytes { bytes in
            Capabilities.needed(by: JSONView(validated: bytes), hasAnswerFormat: outline.hasAnswerFormat)
        }
        return needs.union(body)
    }

    private static func names(_ call: Call) -> Set<String> {
        call.requestBody.withUnsafeReadableBytes { bytes in
            var names: Set<String> = []
            JSONView(validated: bytes).forEachMember { key, _ in names.insert(key.string) }
            return names
        }
    }
}
