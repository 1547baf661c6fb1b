import Bytes
import Vocabulary

/// Writes a whole chat completion.
enum OpenAIChatAnswerWriter {
    static func write(_ answer: ModelAnswer, context: AnswerContext) -> [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        writer.object { writer in
            writer.member("id", id(answer.id, prefix: "chatcmpl-", context))
            writer.member("object", "chat.completion")
            writer.member("created", context.createdAt)
            writer.member("model", answer.model.isEmpty ? context.model : answer.model)
            writer.array("choices") { writer in
                for choice in answer.choices { write(choice, to: &writer) }
            }
            if let usage = answer.usage {
                writer.key("usage")
                OpenAIChatUsage.write(usage, to: &writer)
            }
            if let tier = answer.serviceTier { writer.member("service_tier", tier) }
            // Strict clients want the member even where there is nothing to say.
            writer.key("system_fingerprint")
            if let fingerprint = answer.systemFingerprint { writer.string(fingerprint) } else { writer.null() }
        }
        return writer.bytes
    }

    /// The provider's id, or ours with the format's prefix.
    static func id(_ id: String, prefix: String, _ context: AnswerContext) -> String {
        id.isEmpty ? prefix + context.requestID : id
    }

    private static func write(_ choice: ModelAnswer.Choice, to writer: inout JSONWriter) {
        let pieces = AssistantPieces(choice.parts)
        writer.object { writer in
            writer.member("index", Int64(choice.index))
            writer.object("message") { writer in
                writer.member("role", "assistant")
                writeContent(pieces, to: &writer)
                OpenAIReasoning.write(pieces.thoughts, to: &writer)
                if !pieces.calls.isEmpty {
                    writer.array("tool_calls") { writer in
                        for call in pieces.calls { OpenAIChatToolWriter.write(call, signs: true, to: &writer) }
                    }
                }
                writeOpaque(pieces.opaque, to: &writer)
                OpenAIChatCitations.write(pieces.text, to: &writer)
                writeMedia(choice.parts, to: &writer)
            }
            writer.key("logprobs")
            if let logprobs = choice.logprobs { writer.raw(logprobs) } else { writer.null() }
            writer.member("finish_reason", OpenAIChatStops.write(choice.stop, refused: !pieces.refusal.isEmpty))
        }
    }

    private static func writeContent(_ pieces: AssistantPieces, to writer: inout JSONWriter) {
        writer.key("content")
        let texts = pieces.text.compactMap { part in
            if case .text(let text) = part.content { text } else { nil as String? }
        }
        let hasOther =
            !pieces.calls.isEmpty || !pieces.refusal.isEmpty || !pieces.opaque.isEmpty || !pieces.unsaid.isEmpty
        if texts.isEmpty, hasOther { writer.null() } else { writer.string(texts.joined()) }
        writer.key("refusal")
        if pieces.refusal.isEmpty { writer.null() } else { writer.string(pieces.refusal) }
    }

    private static func writeOpaque(_ blocks: [AssistantPieces.Opaque], to writer: inout JSONWriter) {
        for block in blocks {
            switch block.type {
            case "audio": writer.member("audio", json: block.json)
            case "annotations": writer.member("annotations", json: block.json)
            default: break
            }
        }
    }

    /// Pictures as OpenRouter gives them; recordings as OpenAI does.
    private static func writeMedia(_ parts: [Part], to writer: inout JSONWriter) {
        var urls: [String] = []
        for part in parts {
            switch part.content {
            case .image(let media):
                if let url = url(media) { urls.append(url) }
            case .audio(let media): writeRecording(media, part.extras, to: &writer)
            default: break
            }
        }
        guard !urls.isEmpty else { return }
        writer.array("images") { writer in
            for url in urls {
                writer.object { writer in
                    writer.member("type", "image_url")
                    writer.object("image_url") { $0.member("url", url) }
                }
            }
        }
    }

    private static func writeRecording(_ media: Media, _ extras: [Extra], to writer: inout JSONWriter) {
        if let own = extras.first(where: { $0.name == "audio" }) {
            writer.member("audio", json: own.json)
            return
        }
        guard case .base64(let data) = media.source else { return }
        writer.object("audio") { writer in
            writer.member("id", media.name ?? "")
            writer.member("data", data)
            writer.member("expires_at", 0)
            writer.member("transcript", "")
        }
    }

    private static func url(_ media: Media) -> String? {
        switch media.source {
        case .url(let url): url
        case .base64(let data): DataURL.text(mediaType: media.mediaType ?? "image/png", base64: data)
        case .file, .text: nil
        }
    }
}
