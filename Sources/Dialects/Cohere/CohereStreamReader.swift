import Bytes
import Vocabulary

/// Reads the events of a stream of `/v2/chat`, whose kind stands in the JSON.
struct CohereStreamReader: AnswerStreamDecoder {
    /// More calls than this are passed over.
    private static let callLimit = 128

    private var hasBegun = false
    private var hasEnded = false
    /// Calls by Cohere's index, which counts them apart from content.
    private var calls: [Int64: Int] = [:]

    mutating func receive(
        name: UnsafeRawBufferPointer, data: UnsafeRawBufferPointer, into events: inout [AnswerEvent]
    ) {
        guard !hasEnded, let root = try? JSONView.parse(data), root.kind == .object else { return }
        let type = root["type"]?.string ?? String(decoding: name, as: UTF8.self)
        let message = root["delta"]?["message"]
        switch type {
        case "message-start": begin(id: root["id"]?.string ?? "", into: &events)
        case "content-start", "content-delta": content(root, message?["content"], into: &events)
        case "tool-plan-delta":
            if let text = message?["tool_plan"]?.string, !text.isEmpty { events.append(.text(choice: 0, text)) }
        case "tool-call-start": beginCall(root, message?["tool_calls"], into: &events)
        case "tool-call-delta": extendCall(root, message?["tool_calls"], into: &events)
        case "citation-start":
            if let citation = message?["citations"] {
                events.append(.opaque(choice: 0, type: "citation", json: citation.json))
            }
        case "message-end": finish(root, into: &events)
        default: if type.isEmpty { fail(root, into: &events) }
        }
    }

    private mutating func begin(id: String, into events: inout [AnswerEvent]) {
        guard !hasBegun else { return }
        hasBegun = true
        events.append(.began(id: id, model: "", usage: nil))
    }

    private mutating func content(_ root: JSONView, _ content: JSONView?, into events: inout [AnswerEvent]) {
        begin(id: "", into: &events)
        if let text = content?["text"]?.string, !text.isEmpty { events.append(.text(choice: 0, text)) }
        if let text = content?["thinking"]?.string, !text.isEmpty { events.append(.reasoning(choice: 0, text)) }
        if let item = root["logprobs"], let logprobs = CohereLogprobs.openAI([item]) {
            events.append(.logprobs(choice: 0, logprobs))
        }
    }

    private mutating func beginCall(_ root: JSONView, _ call: JSONView?, into events: inout [AnswerEvent]) {
        begin(id: "", into: &events)
        guard let call, call.kind == .object, calls.count < Self.callLimit else { return }
        let place = root["index"]?.int64 ?? Int64(calls.count)
        guard calls[place] == nil else { return }
        let index = calls.count
        calls[place] = index
        let name = call["function"]?["name"]?.string ?? ""
        events.append(
            .toolCallBegan(choice: 0, index: index, id: call["id"]?.string ?? "", name: name, signature: nil))
        append(call, index, into: &events)
    }

    private func extendCall(_ root: JSONView, _ call: JSONView?, into events: inout [AnswerEvent]) {
        let place = root["index"]?.int64 ?? Int64(calls.count - 1)
        guard let call, let index = calls[place] else { return }
        append(call, index, into: &events)
    }

    private func append(_ call: JSONView, _ index: Int, into events: inout [AnswerEvent]) {
        var bytes: [UInt8] = []
        call["function"]?["arguments"]?.appendDecodedString(to: &bytes)
        if !bytes.isEmpty { events.append(.toolArguments(choice: 0, index: index, bytes)) }
    }

    private mutating func finish(_ root: JSONView, into events: inout [AnswerEvent]) {
        begin(id: "", into: &events)
        let delta = root["delta"]
        let word = delta?["finish_reason"]?.string
        if word == "ERROR" || word == "TIMEOUT" {
            let message = delta?["error"]?.string ?? "The provider ended the answer with an error."
            events.append(.failed(code: word ?? "", message: message))
            hasEnded = true
            return
        }
        events.append(.finished(choice: 0, CohereStop.read(word)))
        if let usage = delta?["usage"], usage.kind == .object {
            events.append(.usage(CohereUsage.read(usage), serviceTier: nil))
        }
        events.append(.ended)
        hasEnded = true
    }

    /// An error body in place of an event.
    private mutating func fail(_ root: JSONView, into events: inout [AnswerEvent]) {
        guard let message = root["message"]?.string else { return }
        events.append(.failed(code: root["code"]?.string ?? "", message: message))
        hasEnded = true
    }

    mutating func end(into events: inout [AnswerEvent]) {}
}
