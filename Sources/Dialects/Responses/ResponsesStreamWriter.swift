import Bytes
import Vocabulary

/// Writes a stream of events as a streamed response: every item is announced, filled and finished, and the whole comes
/// again at the end, as the official client's helpers demand.
struct ResponsesStreamWriter: AnswerStreamEncoder {
    private var object: ResponsesObject
    private var items = ResponsesStreamItems()
    private var hasStarted = false
    private var isOver = false
    private var stop: Stop?

    init(_ context: AnswerContext) { object = ResponsesObject(context, id: "", model: "") }

    mutating func encode(_ event: AnswerEvent, into output: inout [UInt8]) {
        guard !isOver else { return }
        switch event {
        case .began(let id, let model, let usage):
            object.usage = object.usage ?? usage
            start(id, model, &output)
        case .usage(let usage, let tier):
            object.usage = usage
            object.serviceTier = tier ?? object.serviceTier
        case .failed(let code, let message):
            start("", "", &output)
            object.error = (ResponsesObject.errorCode(code), message)
            stop = Stop(.error)
            complete(&output)
        case .finished(choice: 0, let stop): self.stop = stop
        case .ended: complete(&output)
        default:
            guard event.belongsToFirstChoice else { return }
            start("", "", &output)
            items.encode(event, &output)
        }
    }

    mutating func finish(into output: inout [UInt8]) {
        if !isOver { complete(&output) }
    }

    private mutating func start(_ id: String, _ model: String, _ output: inout [UInt8]) {
        guard !hasStarted else { return }
        hasStarted = true
        let usage = object.usage
        let tier = object.serviceTier
        object = ResponsesObject(object.context, id: id, model: model)
        items.baseID = object.baseID
        send("response.created", &output)
        send("response.in_progress", &output)
        (object.usage, object.serviceTier) = (usage, tier)
    }

    private mutating func complete(_ output: inout [UInt8]) {
        start("", "", &output)
        isOver = true
        object.end(stop ?? Stop(.end), refuses: items.refuses)
        items.finish(isComplete: object.status == "completed", &output)
        object.output = items.finished
        send("response.\(object.status)", &output)
    }

    private mutating func send(_ type: String, _ output: inout [UInt8]) {
        items.send(type, &output) { writer in
            writer.key("response")
            object.write(to: &writer)
        }
    }
}

extension AnswerEvent {
    /// The format has one answer.
    fileprivate var belongsToFirstChoice: Bool {
        switch self {
        case .text(let choice, _), .reasoning(let choice, _), .reasoningSignature(let choice, _),
            .refusal(let choice, _), .toolArguments(let choice, _, _), .logprobs(let choice, _),
            .audio(let choice, _), .finished(let choice, _):
            choice == 0
        case .redactedReasoning(let choice, _, _), .opaque(let choice, _, _): choice == 0
        case .toolCallBegan(let choice, _, _, _, _): choice == 0
        case .began, .usage, .failed, .ended: true
        }
    }
}
