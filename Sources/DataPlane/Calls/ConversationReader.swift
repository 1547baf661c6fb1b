import Bytes
import Dialects
import Gateway
import NIOCore
import Providers
import Routing

/// Reads a call's body as a conversation.
enum ConversationReader {
    static func read(_ call: Call, _ edits: ParameterEdits) -> Result<ModelRequest, GatewayFailure> {
        guard edits.isEmpty else {
            let body = call.requestBody.withUnsafeReadableBytes { BodyEdits.apply(edits, to: $0) }
            return body.withUnsafeBytes { read(call, $0) }
        }
        return call.requestBody.withUnsafeReadableBytes { read(call, $0) }
    }

    private static func read(_ call: Call, _ bytes: UnsafeRawBufferPointer) -> Result<ModelRequest, GatewayFailure> {
        guard let endpoint = call.callPlan?.endpoint, let codec = endpoint.format?.callerCodec else {
            return .failure(.notAConversation)
        }
        do throws(TranslationFault) {
            var request = try codec.decode(JSONView(validated: bytes), call: endpoint.path)
            let strips = call.strips
            if !strips.isEmpty { request.extras.removeAll { strips.contains($0.name) } }
            return .success(request)
        } catch {
            return .failure(.untranslatable(error))
        }
    }
}

extension GatewayFailure {
    static let notAConversation = GatewayFailure(
        .wrongDialect, status: 400, "This call is no conversation, so it can't be put into another dialect."
    )

    static func untranslatable(_ fault: TranslationFault) -> GatewayFailure {
        GatewayFailure(
            .invalidRequest, status: 400, "\"\(fault.member.prefix(200))\" \(fault.message).", parameter: fault.member
        )
    }
}
