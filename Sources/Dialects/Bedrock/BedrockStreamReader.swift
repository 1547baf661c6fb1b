import Bytes
import Vocabulary

/// Reads the events of `ConverseStream`, which carry their kind in a header and not in their JSON.
struct BedrockStreamReader: AnswerStreamDecoder {
    /// More calls than this are passed over.
    private static let callLimit = 128

    /// The call of each open block.
    private var calls: [Int64: Int] = [:]
    private var begun = 0
    private var hasBegun = false
    private var hasStopped = false
    private var hasEnded = false

    mutating func receive(
        name: UnsafeRawBufferPointer, data: UnsafeRawBufferPointer, into events: inout [AnswerEvent]
    ) {
        guard !hasEnded else { return }
        let event = String(decoding: name, as: UTF8.self)
        let root = try? JSONView.parse(data)
        if event.hasSuffix("Exception") || event.hasSuffix("Error") {
            fail(event, root, into: &events)
            return
        }
        guard let root, root.kind == .object else { return }
        switch event {
        case "messageStart": begin(into: &events)
        case "contentBlockStart": startBlock(root, into: &events)
        case "contentBlockDelta": extendBlock(root, into: &events)
        case "messageStop": stop(root, into: &events)
        case "metadata": finish(root, into: &events)
        default: break
        }
    }

    private mutating func begin(into events: inout [AnswerEvent]) {
        guard !hasBegun else { return }
        hasBegun = true
        events.append(.began(id: "", model: "", usage: nil))
    }

    private mutating func fail(_ name: String, _ root: JSONView?, into events: inout [AnswerEvent]) {
        hasEnded = true
        let message = root.map { $0["originalMessage"]?.string ?? BedrockErrors.text($0) }
        let first = name.prefix(1).uppercased() + name.dropFirst()
        events.append(.failed(code: first, message: message ?? "The provider gave no message."))
    }

    private mutating func startBlock(_ root: JSONView, into events: inout [AnswerEvent]) {
        begin(into: &events)
        guard let use = root["start"]?["toolUse"], use.kind == .object, begun < Self.callLimit else { return }
        let index = begun
        begun += 1
        calls[root["contentBlockIndex"]?.int64 ?? Int64(index)] = index
        events.append(
            .toolCallBegan(
                choice: 0, index: index, id: use["toolUseId"]?.string ?? "", name: use["name"]?.string ?? "",
                signature: nil))
    }

    private mutating func extendBlock(_ root: JSONView, into events: inout [AnswerEvent]) {
        begin(into: &events)
        guard let delta = root["delta"] else { return }
        if let text = delta["text"]?.string {
            if !text.isEmpty { events.append(.text(choice: 0, text)) }
        } else if let input = delta["toolUse"]?["input"]?.string {
            guard let index = calls[root["contentBlockIndex"]?.int64 ?? Int64(begun - 1)] else { return }
            if !input.isEmpty { events.append(.toolArguments(choice: 0, index: index, Array(input.utf8))) }
        } else if let reasoning = delta["reasoningContent"] {
            extendReasoning(reasoning, into: &events)
        } else if let citation = delta["citation"] {
            events.append(.opaque(choice: 0, type: "citation", json: citation.json))
        }
    }

    private func extendReasoning(_ reasoning: JSONView, into events: inout [AnswerEvent]) {
        if let text = reasoning["text"]?.string, !text.isEmpty { events.append(.reasoning(choice: 0, text)) }
        if let signature = reasoning["signature"]?.string, !signature.isEmpty {
            events.append(.reasoningSignature(choice: 0, signature))
        }
        if let data = reasoning["redactedContent"]?.string {
            events.append(.redactedReasoning(choice: 0, data: data, id: nil))
        }
    }

    private mutating func stop(_ root: JSONView, into events: inout [AnswerEvent]) {
        guard !hasStopped else { return }
        hasStopped = true
        begin(into: &events)
        let stop = BedrockStop.read(root["stopReason"]?.string, fields: root["additionalModelResponseFields"])
        events.append(.finished(choice: 0, stop))
    }

    /// Counts come last of all.
    private mutating func finish(_ root: JSONView, into events: inout [AnswerEvent]) {
        begin(into: &events)
        if let usage = root["usage"], usage.kind == .object {
            events.append(.usage(BedrockUsage.read(usage), serviceTier: root["serviceTier"]?["type"]?.string))
        }
        guard hasStopped else { return }
        hasEnded = true
        events.append(.ended)
    }

    /// A stream that gave its reason but no counts is complete all the same.
    mutating func end(into events: inout [AnswerEvent]) {
        guard hasStopped, !hasEnded else { return }
        hasEnded = true
        events.append(.ended)
    }
}
