import Bytes
import Gateway
import Testing
import Vocabulary

@Suite struct FailureBodies {
    private let id = RequestID(high: 0x0192_0000_0000_7000, low: 0x8000_0000_0000_0001)
    private let failure = GatewayFailure(.modelNotFound, status: 404, "No \"such\" model.", parameter: "model")

    private func read(_ bytes: [UInt8], _ body: (JSONView) -> Void) throws {
        try bytes.withUnsafeBytes { body(try JSONView.parse($0)) }
    }

    @Test func openAI() throws {
        try read(FailureBody.response(failure, dialect: .openai, requestID: id)) { root in
            #expect(root["error"]?["code"]?.string == "model_not_found")
            #expect(root["error"]?["message"]?.string == "No \"such\" model.")
            #expect(root["error"]?["param"]?.string == "model")
            #expect(root["error"]?["request_id"]?.string == id.uuid)
        }
    }

    @Test func anthropic() throws {
        try read(FailureBody.response(failure, dialect: .anthropic, requestID: id)) { root in
            #expect(root["type"]?.string == "error")
            #expect(root["error"]?["type"]?.string == "not_found_error")
            #expect(root["request_id"]?.string == id.uuid)
        }
    }

    @Test(arguments: [(Dialect.openai, Operation.chat, "data: "), (.openai, .responses, "event: error\ndata: "),
        (.anthropic, .messages, "event: error\ndata: ")])
    func eventsInEachDialect(dialect: Dialect, operation: Operation, prefix: String) {
        let event = FailureBody.event(failure, dialect: dialect, operation: operation, requestID: id)
        let text = String(decoding: event, as: UTF8.self)
        #expect(text.hasPrefix(prefix) && text.hasSuffix("\n\n") && text.contains("model_not_found"))
    }
}
