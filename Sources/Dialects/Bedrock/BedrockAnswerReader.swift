import Bytes
import Vocabulary

/// Reads a whole `Converse` answer.
enum BedrockAnswerReader {
    static func read(_ root: JSONView) -> ModelAnswer {
        var answer = ModelAnswer()
        if let usage = root["usage"], usage.kind == .object { answer.usage = BedrockUsage.read(usage) }
        answer.serviceTier = root["serviceTier"]?["type"]?.string
        guard let message = root["output"]?["message"], message.kind == .object else { return answer }
        var parts: [Part] = []
        for block in message["content"]?.elements.map({ $0 }) ?? [] {
            if let part = part(block) { parts.append(part) }
        }
        let stop = BedrockStop.read(root["stopReason"]?.string, fields: root["additionalModelResponseFields"])
        answer.choices = [ModelAnswer.Choice(parts: parts, stop: stop)]
        return answer
    }

    private static func part(_ block: JSONView) -> Part? {
        if let text = block["text"]?.string { return Part(.text(text)) }
        if let use = block["toolUse"], use.kind == .object { return Part(.toolCall(call(use))) }
        if let content = block["reasoningContent"] { return Part(.reasoning(reasoning(content))) }
        if let cited = block["citationsContent"] {
            // The text is what matters; its citations have no common form.
            let text = cited["content"]?.elements.compactMap { $0["text"]?.string }.joined() ?? ""
            return Part(.text(text), extras: [Extra("citationsContent", cited.json)])
        }
        guard let (key, value) = block.members.first(where: { _ in true }), !value.isNull else { return nil }
        return Part(.opaque(type: key.string, json: block.json))
    }

    private static func call(_ use: JSONView) -> ToolCall {
        ToolCall(
            id: use["toolUseId"]?.string ?? "", name: use["name"]?.string ?? "",
            arguments: use["input"]?.unlessNull.map(CompactJSON.bytes) ?? Array("{}".utf8))
    }

    private static func reasoning(_ content: JSONView) -> Reasoning {
        if let data = content["redactedContent"]?.string { return Reasoning(encrypted: data) }
        let text = content["reasoningText"]
        return Reasoning(text: text?["text"]?.string ?? "", signature: text?["signature"]?.string)
    }
}
