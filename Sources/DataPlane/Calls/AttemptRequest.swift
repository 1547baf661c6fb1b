import Bytes
import Catalog
import Dialects
import Gateway
import NIOCore
import NIOHTTP1
import Providers
import Routing
import Vocabulary

/// The request that one target gets, and how its answer is read.
struct AttemptRequest {
    var head: HTTPRequestHead
    var body: ByteBuffer
    var relay: RelaySetup
    /// What the target could not take as the caller wrote it.
    var changes: [ParameterChange] = []

    /// Writes a call's request for one of its targets.
    ///
    /// - Parameter partial: What another target had answered before it broke; the new one goes on from there.
    static func make(
        _ call: Call, _ plan: CallPlan, target: RouteTarget, partial: ModelAnswer? = nil
    ) throws(GatewayFailure) -> AttemptRequest {
        guard let endpoint = plan.endpoint else { return passthrough(call, plan, target) }
        guard let caller = endpoint.format else { return try fixedForm(call, plan, endpoint, target) }
        let provider = target.provider.format(for: caller)
        let mustRead = call.door == .openrouter && call.outline?.streams == true
        if provider == caller, partial == nil, !plan.policy.continuesBrokenStreams, !mustRead {
            return try sameForm(call, plan, endpoint, target)
        }
        return try translated(call, plan, target, from: caller, to: provider, partial: partial)
    }

    // MARK: The caller's bytes go on

    private static func passthrough(_ call: Call, _ plan: CallPlan, _ target: RouteTarget) -> AttemptRequest {
        let path = plan.passthroughPath ?? ""
        let head = UpstreamRequest.head(
            method: call.head.method, path: target.provider.basePath + path, call: call, target: target.provider,
            body: call.requestBody
        )
        var setup = RelaySetup(operation: plan.operation, limits: call.plan.limits)
        setup.observedFormat = WireFormat(passthroughPath: path.prefix { $0 != "?" })
        return AttemptRequest(head: head, body: call.requestBody, relay: setup)
    }

    /// The provider speaks the caller's form: only what has to differ is spliced in.
    private static func sameForm(
        _ call: Call, _ plan: CallPlan, _ endpoint: Endpoint, _ target: RouteTarget
    ) throws(GatewayFailure) -> AttemptRequest {
        let streams = call.outline?.streams == true
        guard let operation = ProviderOperation(endpoint.operation),
            let path = target.provider.path(operation, model: target.upstreamModel, streams: streams)
        else { throw .wrongDialect(target, plan.model) }
        var setup = RelaySetup(operation: plan.operation, limits: call.plan.limits)
        setup.hidesUsage = hidesUsage(call, endpoint, target)
        if call.door == .openrouter { setup.extend = OpenRouterAnswer.extender(call, target) }
        var changes: [ParameterChange] = []
        let body = spliced(call, plan, endpoint, target, injectUsage: setup.hidesUsage, &changes)
        let head = UpstreamRequest.head(
            method: .POST, path: path + query(call.head.uri, endpoint), call: call, target: target.provider, body: body
        )
        return AttemptRequest(head: head, body: body, relay: setup, changes: changes)
    }

    private static func hidesUsage(_ call: Call, _ endpoint: Endpoint, _ target: RouteTarget) -> Bool {
        guard let outline = call.outline, outline.streams, !outline.asksForUsage else { return false }
        let provider = target.provider
        guard provider.injectsUsage, !provider.quirks(for: endpoint.format).lacksStreamOptions else { return false }
        return endpoint.operation == .chat || endpoint.operation == .textCompletion
    }

    private static func spliced(
        _ call: Call, _ plan: CallPlan, _ endpoint: Endpoint, _ target: RouteTarget, injectUsage: Bool,
        _ changes: inout [ParameterChange]
    ) -> ByteBuffer {
        guard let outline = call.outline else { return call.requestBody }
        let edits = plan.edits(of: target)
        guard edits.isEmpty else { return edited(call, outline, endpoint, target, edits, injectUsage, &changes) }
        var found: [ParameterChange] = []
        let edited = call.requestBody.withUnsafeReadableBytes { bytes in
            RequestRewrite.apply(
                to: bytes, outline: outline, upstreamModel: target.upstreamModel, injectUsage: injectUsage,
                quirks: target.provider.quirks(for: endpoint.format), format: endpoint.format, strips: call.strips,
                changes: &found
            )
        }
        changes = found
        return edited.map { ByteBuffer(bytes: $0) } ?? call.requestBody
    }

    /// The same over a body that the route changes first, which is rare enough to be read again.
    private static func edited(
        _ call: Call, _ outline: RequestOutline, _ endpoint: Endpoint, _ target: RouteTarget, _ edits: ParameterEdits,
        _ injectUsage: Bool, _ changes: inout [ParameterChange]
    ) -> ByteBuffer {
        let body = call.requestBody.withUnsafeReadableBytes { BodyEdits.apply(edits, to: $0) }
        var found: [ParameterChange] = []
        let result = body.withUnsafeBytes { bytes in
            let fresh = (try? RequestOutline(JSONView(validated: bytes), path: endpoint.path)) ?? outline
            return RequestRewrite.apply(
                to: bytes, outline: fresh, upstreamModel: target.upstreamModel, injectUsage: injectUsage,
                quirks: target.provider.quirks(for: endpoint.format), format: endpoint.format, strips: call.strips,
                changes: &found
            )
        }
        changes = found
        return ByteBuffer(bytes: result ?? body)
    }

    /// The caller's query (such as Anthropic's `?beta=true`) goes on, except where the path's own query says it all.
    private static func query(_ uri: String, _ endpoint: Endpoint) -> Substring {
        guard endpoint.dialect != .gemini, endpoint.path.model == nil, let start = uri.firstIndex(of: "?") else {
            return ""
        }
        return uri[start...]
    }

    // MARK: The request is written anew

    private static func translated(
        _ call: Call, _ plan: CallPlan, _ target: RouteTarget, from caller: WireFormat, to provider: WireFormat,
        partial: ModelAnswer?
    ) throws(GatewayFailure) -> AttemptRequest {
        guard let callerCodec = caller.callerCodec else { throw .noTranslation(from: caller, to: target) }
        var request = try call.conversation(edits: plan.edits(of: target))
        // OpenRouter sends usage with every stream.
        if call.door == .openrouter { request.includesUsage = true }
        if let partial { Continuation.extend(&request, with: partial, for: provider) }
        var changes: [ParameterChange] = []
        let body: [UInt8]
        do throws(TranslationFault) {
            let encoding = EncodingTarget(
                model: target.upstreamModel, maximumOutputTokens: target.catalogModel?.maxOutputTokens,
                quirks: target.provider.quirks(for: provider)
            )
            body = try provider.providerCodec.encode(request, target: encoding, changes: &changes)
        } catch {
            throw .untranslatable(error)
        }
        let context = AnswerContext(
            model: plan.model, requestID: call.id.uuid, createdAt: call.wallClock / 1_000_000, request: request
        )
        var setup = RelaySetup(operation: plan.operation, limits: call.plan.limits)
        if call.door == .openrouter { setup.extend = OpenRouterAnswer.extender(call, target) }
        setup.translation = AnswerTranslation(
            provider: provider.providerCodec, caller: callerCodec, context: context, wantsStream: request.streams
        )
        guard
            let path = target.provider.path(
                ProviderOperation(provider), model: target.upstreamModel, streams: request.streams
            )
        else { throw .noTranslation(from: caller, to: target) }
        let bytes = ByteBuffer(bytes: body)
        let head = UpstreamRequest.head(
            method: .POST, path: path, call: call, target: target.provider, body: bytes, isTranslated: true
        )
        return AttemptRequest(head: head, body: bytes, relay: setup, changes: changes)
    }

    /// Calls that are no conversations: in the provider's dialect as they are, or in the form that stands for them.
    private static func fixedForm(
        _ call: Call, _ plan: CallPlan, _ endpoint: Endpoint, _ target: RouteTarget
    ) throws(GatewayFailure) -> AttemptRequest {
        let speaksIt = endpoint.operation == .embeddings
            ? target.provider.embeddings == .openAI : target.provider.dialect == endpoint.dialect
        if speaksIt { return try sameForm(call, plan, endpoint, target) }
        guard let form = try FixedForms.make(call, endpoint, target),
            let path = target.provider.path(form.operation, model: target.upstreamModel, streams: false)
        else { throw .wrongDialect(target, plan.model) }
        var setup = RelaySetup(operation: plan.operation, limits: call.plan.limits)
        setup.rewriter = form.rewriter
        let bytes = ByteBuffer(bytes: form.body)
        let head = UpstreamRequest.head(
            method: .POST, path: path, call: call, target: target.provider, body: bytes, isTranslated: true
        )
        return AttemptRequest(head: head, body: bytes, relay: setup, changes: form.changes)
    }
}
