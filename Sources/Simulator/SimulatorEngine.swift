import NIOCore
import NIOHTTP1

/// The simulator without a network: what ``SimulatorServer`` would do with a request, as a plan of steps.
package struct SimulatorEngine: Sendable {
    private let responder: Responder

    /// Throws ``FaultGrammarError`` for a fault of the configuration that can't be read. Host and port are not used.
    package init(_ configuration: SimulatorConfiguration = SimulatorConfiguration()) throws(FaultGrammarError) {
        responder = try Responder(configuration)
    }

    /// The answer to one request. Equal requests have equal answers, but for a script that counts them.
    package func plan(
        method: String = "POST", uri: String, headers: [(String, String)] = [], body: [UInt8] = []
    ) -> AnswerPlan {
        let head = HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: method), uri: uri, headers: HTTPHeaders(headers))
        return responder.plan(head, ByteBuffer(bytes: body))
    }
}
