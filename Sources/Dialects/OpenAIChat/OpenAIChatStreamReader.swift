import Bytes
import Vocabulary

/// Reads the chunks of a streamed chat completion.
struct OpenAIChatStreamReader: AnswerStreamDecoder {
    private struct Choice {
        var hasFinished = false
        var refused = false
        /// The tool calls that have begun, by their index.
        var calls: [Call?] = []
    }

    private struct Call: Equatable {
        var id: String
        var name: String
    }

    private var hasBegun = false
    private var hasEnded = false
    private var choices: [Choice] = []

    mutating func receive(
        name: UnsafeRawBufferPointer, data: UnsafeRawBufferPointer, into events: inout [AnswerEvent]
    ) {
        if data.elementsEqual("[DONE]".utf8) {
            end(said: true, into: &events)
            return
        }
        guard let chunk = try? JSONView.parse(data), chunk.kind == .object else { return }
        if let error = chunk["error"]?.unlessNull {
            let found = OpenAIErrors.find(chunk)
            let message = found.message.isEmpty ? String(decoding: error.raw, as: UTF8.self) : found.message
            events.append(.failed(code: found.code, message: message))
            return
        }
        begin(chunk, into: &events)
        var position = 0
        for choice in chunk["choices"].map({ Array($0.elements) }) ?? [] {
            read(choice, position: position, into: &events)
            position += 1
        }
        readUsage(chunk, into: &events)
    }

    mutating func end(into events: inout [AnswerEvent]) {
        // Every choice gave its reason: only `[DONE]` is missing, which many providers never send.
        if !choices.isEmpty, choices.allSatisfy(\.hasFinished) { end(said: true, into: &events) }
    }

    private mutating func end(said: Bool, into events: inout [AnswerEvent]) {
        if !hasEnded { events.append(.ended) }
        hasEnded = true
    }

    private mutating func begin(_ chunk: JSONView, into events: inout [AnswerEvent]) {
        guard !hasBegun, chunk["choices"] != nil || chunk["id"] != nil else { return }
        // Azure opens with a chunk that has results of its filter alone, with neither id nor model.
        if chunk["choices"]?.isEmptyContainer == true, chunk["id"]?.string?.isEmpty != false { return }
        hasBegun = true
        events.append(.began(id: chunk["id"]?.string ?? "", model: chunk["model"]?.string ?? "", usage: nil))
    }

    private func readUsage(_ chunk: JSONView, into events: inout [AnswerEvent]) {
        let usage = chunk["usage"]?.unlessNull ?? chunk["x_groq"]?["usage"]
        guard let usage, usage.kind == .object, !usage.isEmptyContainer else { return }
        events.append(.usage(OpenAIChatUsage.read(usage), serviceTier: chunk["service_tier"]?.string))
    }

    private mutating func read(_ choice: JSONView, position: Int, into events: inout [AnswerEvent]) {
        let index = OpenAIIndex.read(choice["index"], otherwise: position)
        guard index < OpenAIChatAnswerReader.indexLimit else { return }
        while choices.count <= index { choices.append(Choice()) }
        if let delta = (choice["delta"] ?? choice["message"])?.unlessNull { read(delta, of: index, into: &events) }
        if let logprobs = choice["logprobs"]?.unlessNull { events.append(.logprobs(choice: index, logprobs.json)) }
        guard let reason = choice["finish_reason"]?.string, !reason.isEmpty, !choices[index].hasFinished else { return }
        choices[index].hasFinished = true
        let stop = OpenAIChatStops.read(
            reason, calledTools: !choices[index].calls.isEmpty, refused: choices[index].refused)
        events.append(.finished(choice: index, stop))
    }

    private mutating func read(_ delta: JSONView, of choice: Int, into events: inout [AnswerEvent]) {
        readReasoning(delta, of: choice, into: &events)
        readContent(delta["content"], of: choice, into: &events)
        if let refusal = delta["refusal"]?.string, !refusal.isEmpty {
            choices[choice].refused = true
            events.append(.refusal(choice: choice, refusal))
        }
        if let audio = delta["audio"]?.unlessNull { events.append(.audio(choice: choice, audio.json)) }
        if let notes = delta["annotations"], notes.kind == .array, !notes.isEmptyContainer {
            events.append(.opaque(choice: choice, type: "annotations", json: notes.json))
        }
        for call in delta["tool_calls"].map({ Array($0.elements) }) ?? [] {
            readCall(call, of: choice, into: &events)
        }
        if let function = delta["function_call"]?.unlessNull { readLegacyCall(function, of: choice, into: &events) }
    }

    private func readContent(_ content: JSONView?, of choice: Int, into events: inout [AnswerEvent]) {
        for part in OpenAIChatAnswerReader.content(content) {
            switch part.content {
            case .text(let text): events.append(.text(choice: choice, text))
            case .reasoning(let thought) where !thought.text.isEmpty:
                events.append(.reasoning(choice: choice, thought.text))
            default: break
            }
        }
    }

    private func readReasoning(_ delta: JSONView, of choice: Int, into events: inout [AnswerEvent]) {
        var hasText = false
        for element in delta["reasoning_details"].map({ Array($0.elements) }) ?? [] {
            guard let thought = OpenAIReasoning.detail(element) else { continue }
            if let data = thought.encrypted {
                events.append(.redactedReasoning(choice: choice, data: data, id: thought.id))
            }
            if !thought.text.isEmpty {
                hasText = true
                events.append(.reasoning(choice: choice, thought.text))
            }
            if let signature = thought.signature {
                events.append(.reasoningSignature(choice: choice, signature))
            }
        }
        // The same text once more, for clients that know no details.
        if !hasText, let text = OpenAIReasoning.text(delta), !text.isEmpty {
            events.append(.reasoning(choice: choice, text))
        }
    }

    private mutating func readCall(_ call: JSONView, of choice: Int, into events: inout [AnswerEvent]) {
        let id = call["id"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        let name = call["function"]?["name"]?.string
        guard let index = place(call, id: id, name: name, of: choice) else { return }
        if index >= choices[choice].calls.count || choices[choice].calls[index] == nil {
            // The name may be repeated in every chunk; a call begins once.
            guard let name, !name.isEmpty else { return }
            while choices[choice].calls.count <= index { choices[choice].calls.append(nil) }
            let known = id ?? "call_\(choice)_\(index)"
            choices[choice].calls[index] = Call(id: known, name: name)
            events.append(
                .toolCallBegan(
                    choice: choice, index: index, id: known, name: name, signature: OpenAIChatToolReader.signature(call)
                ))
        }
        let arguments = OpenAIChatToolReader.arguments(call["function"]?["arguments"])
        if !arguments.isEmpty { events.append(.toolArguments(choice: choice, index: index, arguments)) }
    }

    /// Which call a fragment belongs to; `nil` for an index that no answer has.
    private func place(_ call: JSONView, id: String?, name: String?, of choice: Int) -> Int? {
        let calls = choices[choice].calls
        let next = calls.count < OpenAIChatAnswerReader.indexLimit ? calls.count : nil
        let isNamed = name?.isEmpty == false
        if let index = call["index"]?.int64 {
            guard index >= 0, index < Int64(OpenAIChatAnswerReader.indexLimit) else { return nil }
            // Google's compatible endpoint says index 0 for each of several calls: another id and a name is another.
            guard let id, isNamed, index < Int64(calls.count), let known = calls[Int(index)], known.id != id else {
                return Int(index)
            }
            return calls.firstIndex { $0?.id == id } ?? next
        }
        if let id { return calls.firstIndex { $0?.id == id } ?? next }
        guard isNamed, let last = calls.last else { return max(0, calls.count - 1) }
        // Without index and id: the name of the latest again goes on with it, unless its arguments begin anew.
        return last?.name == name && !Self.beginsArguments(call) ? calls.count - 1 : next
    }

    private static func beginsArguments(_ call: JSONView) -> Bool {
        OpenAIChatToolReader.arguments(call["function"]?["arguments"]).first == UInt8(ascii: "{")
    }

    private mutating func readLegacyCall(_ function: JSONView, of choice: Int, into events: inout [AnswerEvent]) {
        if choices[choice].calls.isEmpty {
            let call = OpenAIChatToolReader.legacyCall(function)
            choices[choice].calls.append(Call(id: call.id, name: call.name))
            events.append(.toolCallBegan(choice: choice, index: 0, id: call.id, name: call.name, signature: nil))
        }
        let arguments = OpenAIChatToolReader.arguments(function["arguments"])
        if !arguments.isEmpty { events.append(.toolArguments(choice: choice, index: 0, arguments)) }
    }
}
