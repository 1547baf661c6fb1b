import Bytes

/// Writes the events of a streamed response's items, and keeps the finished ones for its end.
struct ResponsesStreamItems: Sendable {
    /// The message or the reasoning that is being filled. Calls are kept apart: several may be open.
    private enum Open: Sendable {
        case none
        case message(Message)
        case reasoning(Thought)
    }

    private struct Message: Sendable {
        var id: String
        var place: Int
        var contents: [[UInt8]] = []
        var text = ""
        var isRefusal = false
        var hasPart = false
        var logprobs: [[UInt8]] = []
        var citations: [Citation] = []
        var annotations: [[UInt8]] = []
    }

    private struct Citation: Sendable {
        var json: [UInt8]
        /// How much text there was when it came, in characters.
        var start: Int
    }

    private struct Thought: Sendable {
        var id: String
        var place: Int
        var text = ""
    }

    private struct Call: Sendable {
        var index: Int
        var id: String
        var place: Int
        var callID: String
        var name: String
        var arguments: [UInt8] = []
    }

    var baseID = ""
    private(set) var refuses = false
    private var sequence: Int64 = 0
    private var open = Open.none
    private var calls: [Call] = []
    private var done: [Int: [UInt8]] = [:]
    private var nextPlace = 0

    /// The finished items in their order.
    var finished: [[UInt8]] { done.sorted { $0.key < $1.key }.map(\.value) }

    mutating func encode(_ event: AnswerEvent, _ output: inout [UInt8]) {
        switch event {
        case .text(_, let text):
            if !text.isEmpty { say(text, isRefusal: false, &output) }
        case .refusal(_, let text):
            refuses = true
            if !text.isEmpty { say(text, isRefusal: true, &output) }
        case .logprobs(_, let json): addLogprobs(json)
        case .reasoning(_, let text):
            if !text.isEmpty { think(text, &output) }
        case .reasoningSignature(_, let signature): endThought(Reasoning(signature: signature), &output)
        case .redactedReasoning(_, let data, let id): endThought(Reasoning(encrypted: data, id: id), &output)
        case .toolCallBegan(_, let index, let id, let name, let signature):
            begin(index, id, name, signature, &output)
        case .toolArguments(_, let index, let bytes): extend(index, bytes, &output)
        case .opaque(_, "citations_delta", let json): cite(json, &output)
        case .opaque(_, let type, let json):
            if ResponsesAnswerWriter.isOwnItem(type) { addWhole(json, &output) }
        case .audio, .began, .finished, .usage, .failed, .ended: break
        }
    }

    /// Ends what is open.
    mutating func finish(isComplete: Bool, _ output: inout [UInt8]) {
        endOpen(isComplete: isComplete, &output)
        endCalls(isComplete: isComplete, &output) { _ in true }
    }

    // MARK: Messages

    private mutating func say(_ text: String, isRefusal: Bool, _ output: inout [UInt8]) {
        var message = openMessage(&output)
        if message.hasPart, message.isRefusal != isRefusal { endPart(&message, &output) }
        if !message.hasPart { beginPart(&message, isRefusal: isRefusal, &output) }
        message.text += text
        open = .message(message)
        send(isRefusal ? "response.refusal.delta" : "response.output_text.delta", &output) { writer in
            Self.writePlace(of: message, to: &writer)
            writer.member("delta", text)
            if !isRefusal { writer.array("logprobs") { _ in } }
        }
    }

    /// Takes the open message out, or begins one; the caller puts it back. (Taken out, it is the only reference to its
    /// text, which then grows in place.)
    private mutating func openMessage(_ output: inout [UInt8]) -> Message {
        if case .message(let message) = open {
            open = .none
            return message
        }
        endOpen(isComplete: true, &output)
        endCalls(isComplete: true, &output) { _ in true }
        let message = Message(id: "msg_\(baseID)_\(nextPlace)", place: takePlace())
        sendItem(
            "added", message.place, ResponsesItems.message(id: message.id, contents: [], status: "in_progress"),
            &output
        )
        return message
    }

    private mutating func beginPart(_ message: inout Message, isRefusal: Bool, _ output: inout [UInt8]) {
        message.hasPart = true
        message.isRefusal = isRefusal
        sendPart("added", message, &output)
    }

    private mutating func endPart(_ message: inout Message, _ output: inout [UInt8]) {
        sendAnnotations(&message, &output)
        let ended = message
        send(ended.isRefusal ? "response.refusal.done" : "response.output_text.done", &output) { writer in
            Self.writePlace(of: ended, to: &writer)
            if ended.isRefusal {
                writer.member("refusal", ended.text)
            } else {
                writer.member("text", ended.text)
                writer.array("logprobs") { writer in
                    for element in ended.logprobs { writer.raw(element) }
                }
            }
        }
        sendPart("done", ended, &output)
        message.contents.append(Self.part(ended))
        message.text = ""
        message.logprobs = []
        message.annotations = []
        message.hasPart = false
    }

    private mutating func sendPart(_ what: String, _ message: Message, _ output: inout [UInt8]) {
        send("response.content_part.\(what)", &output) { writer in
            Self.writePlace(of: message, to: &writer)
            writer.member("part", json: Self.part(message))
        }
    }

    private static func part(_ message: Message) -> [UInt8] {
        var part = Part(message.isRefusal ? .refusal(message.text) : .text(message.text))
        if !message.annotations.isEmpty {
            let list = JSONText.written { writer in
                writer.beginArray()
                for annotation in message.annotations { writer.raw(annotation) }
                writer.endArray()
            }
            part.extras.append(Extra("annotations", list))
        }
        return JSONText.written { ResponsesItems.writeSaid(part, logprobs: message.logprobs, to: &$0) }
    }

    private static func writePlace(of message: Message, to writer: inout JSONWriter) {
        writer.member("item_id", message.id)
        writer.member("output_index", Int64(message.place))
        writer.member("content_index", Int64(message.contents.count))
    }

    private mutating func addLogprobs(_ json: [UInt8]) {
        guard case .message(var message) = open, message.hasPart, !message.isRefusal else { return }
        open = .none
        message.logprobs += ResponsesItems.logprobs(json)
        open = .message(message)
    }

    /// A citation comes before or after the text that it is for; which, shows at the text's end.
    private mutating func cite(_ citation: [UInt8], _ output: inout [UInt8]) {
        var message = openMessage(&output)
        if message.hasPart, message.isRefusal { endPart(&message, &output) }
        if !message.hasPart { beginPart(&message, isRefusal: false, &output) }
        message.citations.append(Citation(json: citation, start: message.text.unicodeScalars.count))
        open = .message(message)
    }

    private mutating func sendAnnotations(_ message: inout Message, _ output: inout [UInt8]) {
        let length = message.text.unicodeScalars.count
        for (index, citation) in message.citations.enumerated() {
            let end = message.citations[index...].first { $0.start > citation.start }?.start ?? length
            let start = citation.start < end ? citation.start : 0
            let written = JSONText.read(citation.json) { ResponsesCitations.annotation($0, start: start, end: end) }
            guard case .some(.some(let annotation)) = written else { continue }
            let place = message
            send("response.output_text.annotation.added", &output) { writer in
                Self.writePlace(of: place, to: &writer)
                writer.member("annotation_index", Int64(place.annotations.count))
                writer.member("annotation", json: annotation)
            }
            message.annotations.append(annotation)
        }
        message.citations = []
    }

    private mutating func end(_ message: Message, isComplete: Bool, _ output: inout [UInt8]) {
        var message = message
        if message.hasPart { endPart(&message, &output) }
        let status = isComplete ? "completed" : "incomplete"
        end(message.place, ResponsesItems.message(id: message.id, contents: message.contents, status: status), &output)
    }

    // MARK: Reasoning

    private mutating func think(_ text: String, _ output: inout [UInt8]) {
        var thought = openThought(&output)
        thought.text += text
        open = .reasoning(thought)
        send("response.reasoning_summary_text.delta", &output) { writer in
            Self.writePlace(of: thought, to: &writer)
            writer.member("delta", text)
        }
    }

    /// Takes the open reasoning out, or begins one; the caller puts it back.
    private mutating func openThought(_ output: inout [UInt8]) -> Thought {
        if case .reasoning(let thought) = open {
            open = .none
            return thought
        }
        endOpen(isComplete: true, &output)
        endCalls(isComplete: true, &output) { _ in true }
        let thought = Thought(id: "rs_\(baseID)_\(nextPlace)", place: takePlace())
        let item = ResponsesItems.reasoning(Reasoning(), id: thought.id, encrypted: nil, status: nil)
        sendItem("added", thought.place, item, &output)
        send("response.reasoning_summary_part.added", &output) { writer in
            Self.writePlace(of: thought, to: &writer)
            writer.member("part", json: ResponsesItems.summary(""))
        }
        return thought
    }

    private static func writePlace(of thought: Thought, to writer: inout JSONWriter) {
        writer.member("item_id", thought.id)
        writer.member("output_index", Int64(thought.place))
        writer.member("summary_index", Int64(0))
    }

    /// Ends the open reasoning with its proof; proof without any text is an item of its own.
    private mutating func endThought(_ proof: Reasoning, _ output: inout [UInt8]) {
        if case .reasoning(let thought) = open {
            // The item's id is announced already, so the provider's own id travels with the proof.
            end(thought, encrypted: ReasoningSeal.seal(proof), &output)
            return
        }
        endOpen(isComplete: true, &output)
        let isNative = proof.id != nil && proof.encrypted != nil
        let encrypted = isNative ? proof.encrypted : ReasoningSeal.seal(proof)
        let id = proof.id ?? "rs_\(baseID)_\(nextPlace)"
        addWhole(ResponsesItems.reasoning(Reasoning(), id: id, encrypted: encrypted, status: nil), &output)
    }

    private mutating func end(_ thought: Thought, encrypted: String?, _ output: inout [UInt8]) {
        open = .none
        send("response.reasoning_summary_text.done", &output) { writer in
            Self.writePlace(of: thought, to: &writer)
            writer.member("text", thought.text)
        }
        send("response.reasoning_summary_part.done", &output) { writer in
            Self.writePlace(of: thought, to: &writer)
            writer.member("part", json: ResponsesItems.summary(thought.text))
        }
        let reasoning = Reasoning(text: thought.text)
        end(
            thought.place, ResponsesItems.reasoning(reasoning, id: thought.id, encrypted: encrypted, status: nil),
            &output
        )
    }

    // MARK: Calls

    private mutating func begin(
        _ index: Int, _ callID: String, _ name: String, _ signature: String?, _ output: inout [UInt8]
    ) {
        guard calls.count < 128 else { return }
        endOpen(isComplete: true, &output)
        // Fragments of several calls may come mixed: one whose arguments are not complete stays open.
        endCalls(isComplete: true, &output) { JSONText.isComplete($0.arguments) }
        if let signature {
            let seal = ReasoningSeal.seal(callID: callID, signature: signature)
            let id = "rs_\(baseID)_\(nextPlace)"
            addWhole(ResponsesItems.reasoning(Reasoning(), id: id, encrypted: seal, status: nil), &output)
        }
        let call = Call(index: index, id: "fc_\(baseID)_\(nextPlace)", place: takePlace(), callID: callID, name: name)
        calls.append(call)
        sendItem("added", call.place, Self.item(call, status: "in_progress"), &output)
    }

    private static func item(_ call: Call, status: String) -> [UInt8] {
        ResponsesItems.call(
            id: call.id, callID: call.callID, name: call.name, arguments: call.arguments, status: status
        )
    }

    private mutating func extend(_ index: Int, _ bytes: [UInt8], _ output: inout [UInt8]) {
        guard !bytes.isEmpty, let position = calls.firstIndex(where: { $0.index == index }) else { return }
        calls[position].arguments += bytes
        let call = calls[position]
        send("response.function_call_arguments.delta", &output) { writer in
            writer.member("item_id", call.id)
            writer.member("output_index", Int64(call.place))
            writer.key("delta")
            bytes.withUnsafeBytes { writer.string(utf8: $0) }
        }
    }

    private mutating func endCalls(isComplete: Bool, _ output: inout [UInt8], where ends: (Call) -> Bool) {
        let ending = calls.filter(ends)
        guard !ending.isEmpty else { return }
        calls.removeAll(where: ends)
        for var call in ending {
            if call.arguments.isEmpty { call.arguments = Array("{}".utf8) }
            let ended = call
            send("response.function_call_arguments.done", &output) { writer in
                writer.member("item_id", ended.id)
                writer.member("output_index", Int64(ended.place))
                writer.key("arguments")
                ended.arguments.withUnsafeBytes { writer.string(utf8: $0) }
                writer.member("name", ended.name)
            }
            end(ended.place, Self.item(ended, status: isComplete ? "completed" : "incomplete"), &output)
        }
    }

    // MARK: Items

    private mutating func endOpen(isComplete: Bool, _ output: inout [UInt8]) {
        switch open {
        case .none: return
        case .message(let message):
            open = .none
            end(message, isComplete: isComplete, &output)
        case .reasoning(let thought): end(thought, encrypted: nil, &output)
        }
    }

    private mutating func addWhole(_ item: [UInt8], _ output: inout [UInt8]) {
        endOpen(isComplete: true, &output)
        let place = takePlace()
        sendItem("added", place, item, &output)
        end(place, item, &output)
    }

    private mutating func end(_ place: Int, _ item: [UInt8], _ output: inout [UInt8]) {
        done[place] = item
        sendItem("done", place, item, &output)
    }

    private mutating func takePlace() -> Int {
        defer { nextPlace += 1 }
        return nextPlace
    }

    private mutating func sendItem(_ what: String, _ place: Int, _ item: [UInt8], _ output: inout [UInt8]) {
        send("response.output_item.\(what)", &output) { writer in
            writer.member("output_index", Int64(place))
            writer.member("item", json: item)
        }
    }

    /// Appends one event with the next number.
    mutating func send(_ type: String, _ output: inout [UInt8], _ body: (inout JSONWriter) -> Void) {
        let json = JSONText.written { writer in
            writer.object { writer in
                writer.member("type", type)
                writer.member("sequence_number", sequence)
                body(&writer)
            }
        }
        sequence += 1
        ServerSentEvent.append(type, json: json, to: &output)
    }
}
