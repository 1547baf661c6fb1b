package import Routing

/// Why an attempt ended without an answer that the caller could use.
package enum AttemptCause: Sendable, Equatable {
    /// The transport failed.
    case failed(AttemptFailure)
    /// A deadline passed.
    case timedOut(GatewayFailure)
    /// The provider answered with an error, as a status or inside a stream.
    case refused(ProviderRefusal)
    /// Another attempt that raced it answered first.
    case outrun

    /// For lists and records: `http_429`, `upstream_reset`.
    package var code: String {
        switch self {
        case .failed(let failure): failure.failure(afterAnswer: false).code.rawValue
        case .timedOut(let failure): failure.code.rawValue
        case .refused(let refusal): refusal.code
        case .outrun: "outrun"
        }
    }

    /// What it means to the rules for retries and fallbacks.
    var failure: RouteFailure {
        switch self {
        case .failed(.malformed): RouteFailure(.invalidAnswer)
        // Another target may take what this one can't; the same one never will.
        case .failed(.unsendable): RouteFailure(.notFound)
        case .failed(.tls): RouteFailure(.authentication)
        case .failed: RouteFailure(.connect)
        case .timedOut: RouteFailure(.timeout)
        case .refused(let refusal): refusal.failure
        case .outrun: RouteFailure(.timeout)
        }
    }
}

/// A provider's error answer, as far as the rules go by it.
package struct ProviderRefusal: Sendable, Equatable {
    package var failure: RouteFailure
    /// `http_429`, or the provider's own code inside a stream.
    package var code: String
    /// The provider's words; empty where it gave none.
    package var message: String

    package init(_ failure: RouteFailure, code: String? = nil, message: String = "") {
        self.failure = failure
        self.code = code ?? failure.status.map { "http_\($0)" } ?? failure.kind.rawValue
        self.message = message
    }

    /// Code and message, as far as there are any.
    var words: String { message.isEmpty ? code : "\(code): \(message.prefix(300))" }

    /// The status that the caller is told.
    var status: Int { failure.status.flatMap { (400..<600).contains($0) ? $0 : nil } ?? 502 }
}

/// One attempt that did not answer, for the record.
package struct AttemptTrace: Sendable, Equatable {
    /// The target's place among those of the call.
    package var target: Int
    /// Microseconds after the call began.
    package var startedAfter: Int64
    package var endedAfter: Int64
    package var cause: AttemptCause
    /// Sent beside another attempt that took long.
    package var isHedge: Bool
}
