import Bytes
import Vocabulary

/// Reads a whole chat completion.
enum OpenAIChatAnswerReader {
    /// More choices or tool calls than this are passed over: a hostile answer must not make arrays grow.
    static let indexLimit = 128

    static func read(_ root: JSONView) -> ModelAnswer {
        var answer = ModelAnswer(id: root["id"]?.string ?? "", model: root["model"]?.string ?? "")
        for choice in root["choices"].map({ Array($0.elements) }) ?? [] {
            guard answer.choices.count < indexLimit else { break }
            let read = Self.choice(choice, position: answer.choices.count)
            answer.choices.append(read)
        }
        if let usage = root["usage"], usage.kind == .object { answer.usage = OpenAIChatUsage.read(usage) }
        answer.serviceTier = root["service_tier"]?.string
        answer.systemFingerprint = root["system_fingerprint"]?.string
        return answer
    }

    private static func choice(_ choice: JSONView, position: Int) -> ModelAnswer.Choice {
        let parts = choice["message"].map(parts) ?? []
        let refused = parts.contains { if case .refusal = $0.content { true } else { false } }
        let called = parts.contains { if case .toolCall = $0.content { true } else { false } }
        let native = choice["finish_reason"]?.string ?? ""
        return ModelAnswer.Choice(
            index: OpenAIIndex.read(choice["index"], otherwise: position), parts: parts,
            stop: OpenAIChatStops.read(native, calledTools: called, refused: refused),
            logprobs: choice["logprobs"]?.unlessNull?.json)
    }

    private static func parts(_ message: JSONView) -> [Part] {
        var calls = self.calls(message)
        var parts = OpenAIReasoning.parts(message, signing: &calls)
        parts += content(message["content"])
        if let refusal = message["refusal"]?.string, !refusal.isEmpty { parts.append(Part(.refusal(refusal))) }
        if let audio = message["audio"]?.unlessNull { parts.append(recording(audio)) }
        if let notes = message["annotations"], notes.kind == .array, !notes.isEmptyContainer {
            parts.append(Part(.opaque(type: "annotations", json: notes.json)))
        }
        // OpenRouter's models that draw.
        for image in message["images"].map({ Array($0.elements) }) ?? [] {
            if let url = image["image_url"]?["url"]?.string { parts.append(Part(.image(media(url)))) }
        }
        return parts + calls
    }

    /// A spoken answer. What chat says beside the recording (transcript, expiry) stays with it for chat callers.
    private static func recording(_ audio: JSONView) -> Part {
        let data = audio["data"]?.string ?? ""
        let media = Media(.base64(data), mediaType: AudioFormat.mediaType(ofBase64: data), name: audio["id"]?.string)
        return Part(.audio(media), extras: [Extra("audio", audio.json)])
    }

    private static func media(_ url: String) -> Media {
        guard let data = DataURL(url) else { return Media(.url(url)) }
        return Media(.base64(data.base64), mediaType: data.mediaType)
    }

    /// Text, or Mistral's list of text and thinking.
    static func content(_ value: JSONView?) -> [Part] {
        guard let value = value?.unlessNull else { return [] }
        if let text = value.string { return text.isEmpty ? [] : [Part(.text(text))] }
        return value.elements.compactMap { element in
            switch element["type"]?.string {
            case "text": element["text"]?.string.map { Part(.text($0)) }
            case "thinking": Part(.reasoning(OpenAIReasoning.block(element)))
            case let type: Part(.opaque(type: type ?? "content", json: element.json))
            }
        }
    }

    private static func calls(_ message: JSONView) -> [Part] {
        var parts: [Part] = []
        if let calls = message["tool_calls"], calls.kind == .array {
            for element in calls.elements {
                guard parts.count < indexLimit else { break }
                parts.append(call(element, position: parts.count))
            }
        }
        if parts.isEmpty, let function = message["function_call"]?.unlessNull {
            parts.append(Part(.toolCall(OpenAIChatToolReader.legacyCall(function))))
        }
        return parts
    }

    private static func call(_ element: JSONView, position: Int) -> Part {
        guard let function = element["function"] else {
            return Part(.opaque(type: element["type"]?.string ?? "tool_call", json: element.json))
        }
        let id = element["id"]?.string ?? ""
        return Part(
            .toolCall(
                ToolCall(
                    id: id.isEmpty ? "call_\(position)" : id, name: function["name"]?.string ?? "",
                    arguments: OpenAIChatToolReader.arguments(function["arguments"]),
                    signature: OpenAIChatToolReader.signature(element))))
    }
}

/// Indexes of choices and tool calls.
enum OpenAIIndex {
    static func read(_ value: JSONView?, otherwise: Int) -> Int {
        guard let index = value?.int64, index >= 0, index < Int64(OpenAIChatAnswerReader.indexLimit) else {
            return otherwise
        }
        return Int(index)
    }
}
