import Bytes
import Catalog
import Dialects
import Gateway
import NIOCore
import NIOHTTP1
import Providers
import Vocabulary

/// Calls that are no conversations, put into another provider's form: embeddings and the counting of tokens.
enum FixedForms {
    /// A request body, and how its answer comes back.
    struct Form {
        var body: [UInt8]
        var operation: ProviderOperation
        var rewriter: WholeRewriter
        var changes: [ParameterChange] = []
    }

    /// - Returns: `nil` where the provider has nothing that stands for the call.
    static func make(
        _ call: Call, _ endpoint: Endpoint, _ target: RouteTarget
    ) throws(GatewayFailure) -> Form? {
        let result: Result<Form?, TranslationFault> = call.requestBody.withUnsafeReadableBytes { bytes in
            do throws(TranslationFault) {
                let root = JSONView(validated: bytes)
                switch endpoint.operation {
                case .embeddings: return .success(try embeddings(root, target))
                case .countTokens: return .success(try counting(root, endpoint, target))
                default: return .success(nil)
                }
            } catch {
                return .failure(error)
            }
        }
        do {
            return try result.get()
        } catch {
            throw .untranslatable(error)
        }
    }

    private static func embeddings(_ root: JSONView, _ target: RouteTarget) throws(TranslationFault) -> Form? {
        guard let usual = target.provider.embeddings else { return nil }
        let format = usual == .bedrockTitan ? .bedrock(model: target.upstreamModel) : usual
        let request = try EmbeddingsCodec.decode(root)
        var changes: [ParameterChange] = []
        let body = try EmbeddingsCodec.encode(
            request, format: format, target: EncodingTarget(model: target.upstreamModel), changes: &changes
        )
        let rewriter = WholeRewriter(format: target.provider.formats.first ?? .openAIChat) { root in
            let answer = EmbeddingsCodec.decode(root, format: format)
            guard !answer.vectors.isEmpty else { return nil }
            var observed = ObservedAnswer()
            observed.responseModel = answer.model.isEmpty ? nil : answer.model
            if let usage = answer.usage {
                observed.usage = usage
                observed.usageSource = .reported
            }
            return (EmbeddingsCodec.encode(answer, request: request), observed)
        }
        return Form(body: body, operation: .embeddings, rewriter: rewriter, changes: changes)
    }

    private static func counting(
        _ root: JSONView, _ endpoint: Endpoint, _ target: RouteTarget
    ) throws(TranslationFault) -> Form? {
        guard target.provider.operations.contains(.countTokens) else { return nil }
        let request = try conversation(root, endpoint)
        let encoding = EncodingTarget(
            model: target.upstreamModel, maximumOutputTokens: target.catalogModel?.maxOutputTokens
        )
        var changes: [ParameterChange] = []
        let isAnthropic = target.provider.dialect == .anthropic
        let body = isAnthropic
            ? AnthropicTokenCount.request(
                fromMessages: try AnthropicMessagesCodec.encode(request, target: encoding, changes: &changes))
            : try GeminiTokenCount.encode(request, target: encoding, changes: &changes)
        let callerIsAnthropic = endpoint.dialect == .anthropic
        let format: WireFormat = isAnthropic ? .anthropicMessages : .geminiGenerateContent
        let rewriter = WholeRewriter(format: format) { root in
            let counted = isAnthropic ? AnthropicTokenCount.tokens(in: root) : GeminiTokenCount.tokens(in: root)
            guard let counted else { return nil }
            return (answer(counted, callerIsAnthropic), ObservedAnswer())
        }
        return Form(body: body, operation: .countTokens, rewriter: rewriter, changes: changes)
    }

    private static func conversation(
        _ root: JSONView, _ endpoint: Endpoint
    ) throws(TranslationFault) -> ModelRequest {
        guard endpoint.dialect == .anthropic else { return try GeminiTokenCount.decode(root, call: endpoint.path) }
        let messages = AnthropicTokenCount.messages(fromRequest: root)
        let result: Result<ModelRequest, TranslationFault> = messages.withUnsafeBytes { bytes in
            do throws(TranslationFault) {
                return .success(try AnthropicMessagesCodec.decode(JSONView(validated: bytes), call: CallerPath()))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private static func answer(_ tokens: Int64, _ callerIsAnthropic: Bool) -> [UInt8] {
        callerIsAnthropic ? AnthropicTokenCount.encode(tokens: tokens) : GeminiTokenCount.encode(tokens: tokens)
    }

    /// An estimate, where the target has no counting of its own.
    static func estimate(_ call: Call, _ endpoint: Endpoint) throws(GatewayFailure) -> [UInt8] {
        let result: Result<ModelRequest, TranslationFault> = call.requestBody.withUnsafeReadableBytes { bytes in
            do throws(TranslationFault) {
                return .success(try conversation(JSONView(validated: bytes), endpoint))
            } catch {
                return .failure(error)
            }
        }
        do {
            return answer(TokenEstimate.input(of: try result.get()), endpoint.dialect == .anthropic)
        } catch {
            throw .untranslatable(error)
        }
    }
}
