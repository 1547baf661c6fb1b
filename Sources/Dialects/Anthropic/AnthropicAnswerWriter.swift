import Bytes
import Vocabulary

/// Writes a whole message. The format has one answer; further choices have no place.
enum AnthropicAnswerWriter {
    static func write(_ answer: ModelAnswer, _ context: AnswerContext) -> [UInt8] {
        let choice = answer.choices.first ?? ModelAnswer.Choice(parts: [], stop: Stop(.end))
        let callsTools = choice.parts.contains { part in
            if case .toolCall = part.content { return true }
            return false
        }
        return JSONText.written { writer in
            writer.object { writer in
                writer.member("id", id(answer.id, context))
                writer.member("type", "message")
                writer.member("role", "assistant")
                writer.member("model", answer.model.isEmpty ? context.model : answer.model)
                writer.array("content") { writer in
                    for part in choice.parts { write(part, to: &writer) }
                }
                writer.member("stop_reason", AnthropicStops.written(choice.stop, callsTools: callsTools))
                writeSequence(choice.stop, to: &writer)
                writer.key("usage")
                AnthropicUsage.write(answer.usage ?? TokenUsage(), serviceTier: answer.serviceTier, to: &writer)
            }
        }
    }

    static func id(_ id: String, _ context: AnswerContext) -> String { id.isEmpty ? "msg_" + context.requestID : id }

    static func writeSequence(_ stop: Stop, to writer: inout JSONWriter) {
        if stop.reason == .stopSequence, let sequence = stop.sequence {
            writer.member("stop_sequence", sequence)
        } else {
            writer.member("stop_sequence", json: Array("null".utf8))
        }
    }

    private static func write(_ part: Part, to writer: inout JSONWriter) {
        switch part.content {
        case .text(let text), .refusal(let text): writeText(text, part, to: &writer)
        case .reasoning(let reasoning): writeReasoning(reasoning, to: &writer)
        case .toolCall(let call):
            if let signature = call.signature { writer.raw(redacted(seal(call.id, signature))) }
            writer.raw(toolUse(id: call.id, name: call.name, input: call.arguments))
        case .opaque(let type, let json):
            if isOwnBlock(type) { writer.raw(json) }
        case .image, .document, .audio, .video, .toolResult: break
        }
    }

    private static func writeText(_ text: String, _ part: Part, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("type", "text")
            writer.member("text", text)
            for extra in part.extras where extra.name == "citations" {
                writer.member("citations", json: extra.json)
            }
        }
    }

    private static func writeReasoning(_ reasoning: Reasoning, to writer: inout JSONWriter) {
        if reasoning.text.isEmpty, let data = reasoning.encrypted {
            let isNative = reasoning.id == nil
            writer.raw(redacted(isNative ? data : ReasoningSeal.seal(reasoning) ?? data))
            return
        }
        writer.object { writer in
            writer.member("type", "thinking")
            writer.member("thinking", reasoning.text)
            writer.member("signature", signature(of: reasoning))
        }
    }

    /// The signature as the provider gave it, else what stands for hidden reasoning.
    private static func signature(of reasoning: Reasoning) -> String {
        if reasoning.encrypted == nil { return reasoning.signature ?? "" }
        return ReasoningSeal.seal(reasoning) ?? ""
    }

    static func seal(_ callID: String, _ signature: String) -> String {
        ReasoningSeal.seal(callID: AnthropicBlockWriter.callID(callID), signature: signature)
    }

    static func redacted(_ data: String) -> [UInt8] {
        JSONText.written { writer in
            writer.object { writer in
                writer.member("type", "redacted_thinking")
                writer.member("data", data)
            }
        }
    }

    /// Clients demand an object as the input; what a model wrote badly goes inside one.
    static func toolUse(id: String, name: String, input: [UInt8]) -> [UInt8] {
        JSONText.written { writer in
            writer.object { writer in
                writer.member("type", "tool_use")
                writer.member("id", AnthropicBlockWriter.callID(id))
                writer.member("name", name)
                if JSONText.isObject(input) {
                    writer.member("input", json: input)
                } else {
                    let text = String(decoding: input, as: UTF8.self)
                    writer.object("input") { if !AnthropicBlockWriter.isBlank(text) { $0.member("arguments", text) } }
                }
            }
        }
    }

    /// Blocks of server tools, which Anthropic's clients know and others don't.
    static func isOwnBlock(_ type: String) -> Bool {
        type.hasSuffix("_tool_result") || ["server_tool_use", "mcp_tool_use", "container_upload"].contains(type)
    }
}
