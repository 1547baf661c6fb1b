import Bytes
import Vocabulary

/// Reads the chunks of `streamGenerateContent`, each a whole response with a piece of the content.
struct GeminiStreamReader: AnswerStreamDecoder {
    /// More calls than this in one choice are passed over.
    private static let callLimit = 128

    private struct Choice: Sendable {
        var calls = 0
        var stop: Stop?
        var hasReported = false
    }

    private var id = ""
    private var hasBegun = false
    private var choices: [Int: Choice] = [:]
    private var usage: TokenUsage?
    private var serviceTier: String?
    private var searches: Int64 = 0
    private var hasFailed = false

    mutating func receive(
        name: UnsafeRawBufferPointer, data: UnsafeRawBufferPointer, into events: inout [AnswerEvent]
    ) {
        guard let root = try? JSONView.parse(data) else { return }
        if let error = GeminiErrors.object(in: root) {
            hasFailed = true
            let message = error["message"]?.string ?? "The provider gave no message."
            events.append(.failed(code: error["status"]?.string ?? "", message: message))
            return
        }
        guard root.kind == .object else { return }
        readUsage(root)
        begin(root, into: &events)
        guard let candidates = root["candidates"] else {
            readBlock(root, into: &events)
            return
        }
        for (position, candidate) in candidates.elements.prefix(GeminiAnswerReader.choiceLimit).enumerated() {
            receive(candidate, GeminiAnswerReader.index(of: candidate, position: position), into: &events)
        }
        readBlock(root, into: &events)
    }

    private mutating func begin(_ root: JSONView, into events: inout [AnswerEvent]) {
        guard !hasBegun else { return }
        hasBegun = true
        id = root.camel("responseId")?.string ?? ""
        // Of the counts, those of the input are final from the start.
        var input = usage
        input?.outputText = 0
        input?.audioOutput = 0
        input?.reasoning = 0
        events.append(.began(id: id, model: root.camel("modelVersion")?.string ?? "", usage: input))
    }

    private mutating func readUsage(_ root: JSONView) {
        guard let counts = root.camel("usageMetadata"), counts.kind == .object else { return }
        usage = GeminiUsage.read(counts)
        serviceTier = counts.camel("serviceTier")?.string?.lowercased() ?? serviceTier
    }

    private mutating func readBlock(_ root: JSONView, into events: inout [AnswerEvent]) {
        guard choices.isEmpty, let blocked = GeminiAnswerReader.blocked(root) else { return }
        for part in blocked.parts { if let text = part.plainText { events.append(.refusal(choice: 0, text)) } }
        choices[0] = Choice(stop: blocked.stop, hasReported: true)
        events.append(.finished(choice: 0, blocked.stop))
    }

    private mutating func receive(_ candidate: JSONView, _ index: Int, into events: inout [AnswerEvent]) {
        var choice = choices[index] ?? Choice()
        defer { choices[index] = choice }
        if let parts = candidate["content"]?["parts"] {
            for part in parts.elements { receive(part, index, &choice, into: &events) }
        }
        for (name, value) in GeminiAnswerReader.annotations(of: candidate) {
            events.append(.opaque(choice: index, type: name, json: value.json))
        }
        searches = max(searches, GeminiAnswerReader.searches(candidate))
        if let result = candidate.camel("logprobsResult"), let logprobs = GeminiLogprobs.openAI(result) {
            events.append(.logprobs(choice: index, logprobs))
        }
        if let word = candidate.camel("finishReason")?.string {
            choice.stop = GeminiStop.read(word, hasToolCalls: choice.calls > 0)
        }
    }

    private func receive(
        _ part: JSONView, _ index: Int, _ choice: inout Choice, into events: inout [AnswerEvent]
    ) {
        guard part.kind == .object else { return }
        let signature = part.camel("thoughtSignature")?.string
        if let text = part["text"]?.string {
            receive(text, isThought: part["thought"]?.bool ?? false, signature, index, into: &events)
        } else if let call = part.camel("functionCall"), call.kind == .object {
            receive(call, signature, index, &choice, into: &events)
        } else if let data = part.camel("inlineData"), Self.isAudio(data) {
            events.append(.audio(choice: index, Self.audio(data)))
        } else if let (key, value) = part.members.first(where: { _ in true }), !value.isNull {
            let name = GeminiNames.camel(key)
            events.append(.opaque(choice: index, type: name, json: part.json))
        }
    }

    private func receive(
        _ text: String, isThought: Bool, _ signature: String?, _ index: Int, into events: inout [AnswerEvent]
    ) {
        if !text.isEmpty { events.append(isThought ? .reasoning(choice: index, text) : .text(choice: index, text)) }
        guard let signature else { return }
        let thought = GeminiSignature.thought(signature)
        if let data = thought.encrypted {
            events.append(.redactedReasoning(choice: index, data: data, id: thought.id))
            return
        }
        // A signature on visible text completes no thought: it begins an empty one.
        if !isThought { events.append(.reasoning(choice: index, "")) }
        events.append(.reasoningSignature(choice: index, signature))
    }

    private func receive(
        _ call: JSONView, _ signature: String?, _ index: Int, _ choice: inout Choice,
        into events: inout [AnswerEvent]
    ) {
        guard choice.calls < Self.callLimit else { return }
        let name = call["name"]?.string ?? ""
        let place = choice.calls
        let id = call["id"]?.string ?? GeminiNames.callID(place: index, index: place, name: name, salt: self.id)
        choice.calls += 1
        events.append(.toolCallBegan(choice: index, index: place, id: id, name: name, signature: signature))
        let arguments = call["args"]?.unlessNull.map(CompactJSON.bytes) ?? Array("{}".utf8)
        events.append(.toolArguments(choice: index, index: place, arguments))
    }

    private static func isAudio(_ data: JSONView) -> Bool {
        data.camel("mimeType")?.string?.hasPrefix("audio/") ?? false
    }

    private static func audio(_ data: JSONView) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("data", data["data"]?.string ?? "")
            writer.member("mime_type", data.camel("mimeType")?.string ?? "")
        }
        return writer.bytes
    }

    /// Gemini has no word for the end: a stream is complete if every choice that began has its reason. Reasons wait for
    /// the end, because a later chunk may still bring content and counts.
    mutating func end(into events: inout [AnswerEvent]) {
        guard !hasFailed, !choices.isEmpty else { return }
        let finished = choices.sorted { $0.key < $1.key }
        for (index, choice) in finished {
            if let stop = choice.stop, !choice.hasReported { events.append(.finished(choice: index, stop)) }
        }
        guard finished.allSatisfy({ $0.value.stop != nil }) else { return }
        if var usage {
            usage.serverToolCalls = searches
            events.append(.usage(usage, serviceTier: serviceTier))
        }
        events.append(.ended)
    }
}
