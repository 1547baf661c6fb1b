import Bytes
import Vocabulary

/// Reads the events of a streamed response.
struct ResponsesStreamReader: AnswerStreamDecoder {
    /// A function call, by its place in the output.
    private struct Call: Sendable {
        var index: Int
        var hasArguments = false
    }

    /// More calls than this are passed over: a hostile index must not make memory grow.
    private static let callLimit = 128

    private var calls: [Int64: Call] = [:]
    /// Places in the output whose text came in deltas.
    private var streamed: Set<Int64> = []
    private var refuses = false
    private var hasEnded = false

    mutating func receive(
        name: UnsafeRawBufferPointer, data: UnsafeRawBufferPointer, into events: inout [AnswerEvent]
    ) {
        guard !hasEnded else { return }
        _ = JSONText.read(data) { root in
            receive(root["type"]?.string ?? String(decoding: name, as: UTF8.self), root, &events)
        }
    }

    mutating func end(into events: inout [AnswerEvent]) {}

    private mutating func receive(_ type: String, _ root: JSONView, _ events: inout [AnswerEvent]) {
        switch type {
        case "response.created":
            let response = root["response"]
            let id = response?["id"]?.string ?? ""
            events.append(.began(id: id, model: response?["model"]?.string ?? "", usage: nil))
        case "response.output_item.added": added(root, &events)
        case "response.output_item.done": done(root, &events)
        case "response.completed", "response.incomplete": finish(root["response"], &events)
        case "response.failed": fail(root["response"]?["error"], &events)
        case "error": fail(root["error"]?.unlessNull ?? root, &events)
        default: receiveContent(type, root, &events)
        }
    }

    private mutating func receiveContent(_ type: String, _ root: JSONView, _ events: inout [AnswerEvent]) {
        switch type {
        case "response.output_text.delta":
            note(root)
            if let text = Self.text(root["delta"]) { events.append(.text(choice: 0, text)) }
            appendLogprobs(root["logprobs"], &events)
        case "response.output_text.done":
            if !isStreamed(root), let text = Self.text(root["text"]) { events.append(.text(choice: 0, text)) }
        case "response.refusal.delta":
            note(root)
            refuses = true
            if let text = Self.text(root["delta"]) { events.append(.refusal(choice: 0, text)) }
        case "response.refusal.done":
            refuses = true
            if !isStreamed(root), let text = Self.text(root["refusal"]) { events.append(.refusal(choice: 0, text)) }
        case "response.reasoning_summary_text.delta", "response.reasoning_text.delta":
            note(root)
            if let text = Self.text(root["delta"]) { events.append(.reasoning(choice: 0, text)) }
        case "response.reasoning_summary_part.added":
            if let index = root["summary_index"]?.int64, index > 0 { events.append(.reasoning(choice: 0, "\n\n")) }
        case "response.function_call_arguments.delta": extend(root, root["delta"], &events)
        case "response.function_call_arguments.done":
            if let call = calls[Self.place(root)], !call.hasArguments { extend(root, root["arguments"], &events) }
        default: break
        }
    }

    private mutating func added(_ root: JSONView, _ events: inout [AnswerEvent]) {
        guard let item = root["item"], item["type"]?.isString("function_call") == true else { return }
        begin(item, at: Self.place(root), &events)
    }

    private mutating func begin(_ item: JSONView, at place: Int64, _ events: inout [AnswerEvent]) {
        guard calls[place] == nil, calls.count < Self.callLimit else { return }
        let index = calls.count
        calls[place] = Call(index: index)
        let id = (item["call_id"] ?? item["id"])?.string ?? ""
        let name = item["name"]?.string ?? ""
        events.append(.toolCallBegan(choice: 0, index: index, id: id, name: name, signature: nil))
    }

    private mutating func extend(_ root: JSONView, _ fragment: JSONView?, _ events: inout [AnswerEvent]) {
        let place = Self.place(root)
        guard var call = calls[place] else { return }
        var bytes: [UInt8] = []
        fragment?.appendDecodedString(to: &bytes)
        guard !bytes.isEmpty else { return }
        call.hasArguments = true
        calls[place] = call
        events.append(.toolArguments(choice: 0, index: call.index, bytes))
    }

    /// A finished item: what no delta has said.
    private mutating func done(_ root: JSONView, _ events: inout [AnswerEvent]) {
        guard let item = root["item"] else { return }
        let place = Self.place(root)
        switch item["type"]?.string {
        case "function_call":
            begin(item, at: place, &events)
            if let call = calls[place], !call.hasArguments { extend(root, item["arguments"], &events) }
        case "reasoning": finishReasoning(item, isStreamed: streamed.contains(place), &events)
        case "message", nil: break
        case let type?: events.append(.opaque(choice: 0, type: type, json: item.json))
        }
    }

    private func finishReasoning(_ item: JSONView, isStreamed: Bool, _ events: inout [AnswerEvent]) {
        let reasoning = ResponsesItemReader.reasoning(item)
        if !isStreamed, !reasoning.text.isEmpty { events.append(.reasoning(choice: 0, reasoning.text)) }
        if let data = reasoning.encrypted {
            events.append(.redactedReasoning(choice: 0, data: data, id: reasoning.id))
        }
    }

    private mutating func finish(_ response: JSONView?, _ events: inout [AnswerEvent]) {
        guard let response else { return }
        let stop = ResponsesAnswerReader.stop(response, callsTools: !calls.isEmpty, refuses: refuses)
        events.append(.finished(choice: 0, stop))
        if let usage = response["usage"]?.unlessNull {
            events.append(.usage(OpenAIChatUsage.read(usage), serviceTier: response["service_tier"]?.string))
        }
        hasEnded = true
        events.append(.ended)
    }

    private mutating func fail(_ error: JSONView?, _ events: inout [AnswerEvent]) {
        let code = error?["code"]?.string ?? "server_error"
        let message = error?["message"]?.string ?? "The provider gave no message."
        hasEnded = true
        events.append(.failed(code: code, message: message))
    }

    private func appendLogprobs(_ list: JSONView?, _ events: inout [AnswerEvent]) {
        guard let list, let json = ResponsesAnswerReader.wrapped(list.elements.map(\.json)) else { return }
        events.append(.logprobs(choice: 0, json))
    }

    private mutating func note(_ root: JSONView) {
        if streamed.count < 1024 { streamed.insert(Self.place(root)) }
    }

    private func isStreamed(_ root: JSONView) -> Bool { streamed.contains(Self.place(root)) }

    private static func place(_ root: JSONView) -> Int64 { root["output_index"]?.int64 ?? 0 }

    private static func text(_ value: JSONView?) -> String? {
        guard let text = value?.string, !text.isEmpty else { return nil }
        return text
    }
}
