import Bytes
import Vocabulary

/// Writes a whole `GenerateContentResponse`, or pieces of one.
enum GeminiAnswerWriter {
    static func write(_ answer: ModelAnswer, _ context: AnswerContext) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.array("candidates") { writer in
                for choice in answer.choices { write(choice, to: &writer) }
            }
            if let usage = answer.usage { GeminiUsage.write(usage, to: &writer) }
            writer.member("modelVersion", answer.model.isEmpty ? context.model : answer.model)
            writer.member("responseId", answer.id.isEmpty ? context.requestID : answer.id)
        }
        return writer.bytes
    }

    private static func write(_ choice: ModelAnswer.Choice, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.object("content") { writer in
                writer.array("parts") { writer in
                    for part in choice.parts { write(part, to: &writer) }
                }
                writer.member("role", "model")
            }
            writer.member("finishReason", GeminiStop.write(choice.stop))
            writer.member("index", Int64(choice.index))
            for part in choice.parts {
                if case .opaque(let type, let json) = part.content, isAnnotation(type) {
                    writer.key(type)
                    writer.raw(json)
                }
            }
            if let logprobs = choice.logprobs { GeminiLogprobs.write(logprobs, to: &writer) }
        }
    }

    /// True for what stands beside the content of a candidate, not in it.
    static func isAnnotation(_ type: String) -> Bool {
        ["groundingMetadata", "citationMetadata", "urlContextMetadata"].contains(type)
    }

    static func write(_ part: Part, to writer: inout JSONWriter) {
        switch part.content {
        case .text(let text), .refusal(let text): writer.object { $0.member("text", text) }
        case .reasoning(let reasoning): write(reasoning, to: &writer)
        case .toolCall(let call): write(call, to: &writer)
        case .image(let media), .document(let media), .audio(let media), .video(let media):
            write(media, to: &writer)
        case .opaque(let type, let json):
            if isOwn(type) { writer.raw(json) }
        case .toolResult: break
        }
    }

    /// Parts that only Gemini's own answers have.
    static func isOwn(_ type: String) -> Bool {
        ["executableCode", "codeExecutionResult", "inlineData", "fileData", "toolCall", "toolResponse"].contains(type)
    }

    private static func write(_ media: Media, to writer: inout JSONWriter) {
        writer.object { writer in
            switch media.source {
            case .base64(let data):
                writer.object("inlineData") { writer in
                    writer.member("mimeType", MediaTypes.type(of: media) ?? "application/octet-stream")
                    writer.member("data", data)
                }
            case .url(let uri), .file(let uri):
                writer.object("fileData") { writer in
                    if let type = media.mediaType { writer.member("mimeType", type) }
                    writer.member("fileUri", uri)
                }
            case .text(let text): writer.member("text", text)
            }
        }
    }

    private static func write(_ reasoning: Reasoning, to writer: inout JSONWriter) {
        if !reasoning.text.isEmpty || reasoning.signature != nil {
            thought(reasoning.text, reasoning.signature, to: &writer)
        }
        if let data = reasoning.encrypted {
            thought("", GeminiSignature.hide(data, id: reasoning.id), to: &writer)
        }
    }

    static func thought(_ text: String, _ signature: String?, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("text", text)
            writer.member("thought", true)
            if let signature { writer.member("thoughtSignature", signature) }
        }
    }

    static func write(_ call: ToolCall, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.object("functionCall") { writer in
                if !call.id.isEmpty { writer.member("id", call.id) }
                writer.member("name", call.name)
                writer.member("args", json: LooseJSON.object(call.arguments, else: "_raw"))
            }
            if let signature = call.signature { writer.member("thoughtSignature", signature) }
        }
    }
}
