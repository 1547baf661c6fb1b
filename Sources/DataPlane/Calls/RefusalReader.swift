import Dialects
import Gateway
import NIOCore
import Providers
import Routing

/// Understands a provider's error answer, and tells it in the caller's dialect where that is another.
enum RefusalReader {
    static func read(_ attempt: Attempt, call: Call) -> ProviderRefusal {
        let provider = attempt.target.provider
        let format = call.callPlan?.format.map(provider.format) ?? provider.formats.first ?? .openAIChat
        let error = attempt.relay.body.withUnsafeReadableBytes { body in
            format.providerCodec.error(body, status: attempt.status)
        }
        if attempt.relay.isRewritten {
            attempt.hold(
                FailureBody.upstream(error, status: attempt.status, dialect: call.dialect, requestID: call.id)
            )
        }
        let failure = RouteFailure(kind(error.kind), status: attempt.status, retryAfter: attempt.retryAfter)
        return ProviderRefusal(failure, code: error.code.isEmpty ? nil : error.code, message: error.message)
    }

    private static func kind(_ kind: UpstreamError.Kind) -> FailureKind {
        switch kind {
        case .invalidRequest: .badRequest
        case .authentication, .permission, .quota: .authentication
        case .notFound: .notFound
        case .rateLimited: .rateLimited
        case .overloaded, .server: .serverError
        case .contextWindow: .contextWindow
        case .contentPolicy: .contentPolicy
        case .timeout: .timeout
        }
    }
}
