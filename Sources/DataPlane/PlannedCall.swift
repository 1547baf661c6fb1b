import Access
import Bytes
import Catalog
import Gateway
import NIOCore
import NIOHTTP1
import Providers
import Vocabulary

/// A checked request, with everything that its attempts need.
struct PlannedCall {
    var provider: ProviderTarget
    var operation: Operation
    /// The model as the caller named it, empty for a passed-through call without one.
    var model: String
    var upstreamModel: String
    var catalogModel: CatalogModel?
    var head: HTTPRequestHead
    var body: ByteBuffer
    /// Usage was asked for on the caller's behalf: the extra chunk is kept from it.
    var hidesUsage: Bool

    /// A call to one of the endpoints that name a model.
    static func endpoint(
        _ endpoint: Endpoint, call: Call, principal: Principal
    ) throws(GatewayFailure) -> PlannedCall {
        let outline = try read(call.requestBody, call.plan.limits)
        call.outline = outline
        let route = try Admission.route(outline, endpoint: endpoint, principal: principal, plan: call.plan)
        let hides = hidesUsage(outline, endpoint, route)
        let body = rewritten(call.requestBody, outline, route, injectUsage: hides)
        let head = UpstreamRequest.head(
            method: .POST, path: path(endpoint, route, call.head.uri), caller: call.caller, target: route.provider,
            bodyBytes: body.readableBytes, own: call.credential
        )
        return PlannedCall(
            provider: route.provider, operation: endpoint.operation, model: outline.model,
            upstreamModel: route.upstreamModel, catalogModel: route.catalogModel, head: head, body: body,
            hidesUsage: hides
        )
    }

    /// A call to anything else under a provider's API. Its body goes as it came; if it is JSON that names a model, the
    /// record says so.
    static func passthrough(
        _ provider: ProviderTarget, rest: String, call: Call, principal: Principal
    ) throws(GatewayFailure) -> PlannedCall {
        let operation = Operation(passthroughPath: rest.prefix { $0 != "?" })
        if call.requestBody.readableBytes > 0, call.caller.contentType?.isJSON ?? true {
            call.outline = try? read(call.requestBody, call.plan.limits)
        }
        try Admission.checkPassthrough(
            model: call.outline?.model, provider: provider, principal: principal, plan: call.plan)
        let head = UpstreamRequest.head(
            method: call.head.method, path: rest, caller: call.caller, target: provider,
            bodyBytes: call.requestBody.readableBytes, own: call.credential
        )
        let model = call.outline?.model ?? ""
        return PlannedCall(
            provider: provider, operation: operation, model: model, upstreamModel: model,
            catalogModel: call.plan.catalogModel(provider: provider.name, upstreamModel: model), head: head,
            body: call.requestBody, hidesUsage: false
        )
    }

    private static func read(
        _ body: ByteBuffer, _ limits: GatewayLimits
    ) throws(GatewayFailure) -> RequestOutline {
        // The closure can't throw a typed error through ByteBuffer's rethrows.
        let result: Result<RequestOutline, GatewayFailure> = body.withUnsafeReadableBytes { bytes in
            do throws(GatewayFailure) {
                return .success(try Admission.outline(bytes, limits: limits))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private static func hidesUsage(_ outline: RequestOutline, _ endpoint: Endpoint, _ route: ModelRoute) -> Bool {
        guard outline.streams, !outline.asksForUsage, route.provider.injectsUsage else { return false }
        return endpoint.operation == .chat || endpoint.operation == .textCompletion
    }

    private static func rewritten(
        _ body: ByteBuffer, _ outline: RequestOutline, _ route: ModelRoute, injectUsage: Bool
    ) -> ByteBuffer {
        let bytes = body.withUnsafeReadableBytes { bytes in
            RequestRewrite.apply(
                to: bytes, outline: outline, upstreamModel: route.upstreamModel, injectUsage: injectUsage
            )
        }
        return bytes.map { ByteBuffer(bytes: $0) } ?? body
    }

    /// The endpoint's path on the provider, with the caller's query (such as Anthropic's `?beta=true`).
    private static func path(_ endpoint: Endpoint, _ route: ModelRoute, _ uri: String) -> String {
        guard let query = uri.firstIndex(of: "?") else { return endpoint.upstreamPath }
        return endpoint.upstreamPath + uri[query...]
    }
}
