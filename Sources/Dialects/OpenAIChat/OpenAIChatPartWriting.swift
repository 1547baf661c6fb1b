import Bytes
import Vocabulary

// The content of one message.
extension OpenAIChatRequestWriter {
    /// Writes a string where one text says it all, otherwise a list of parts.
    mutating func writeContent(_ parts: [Part], separator: String) throws(TranslationFault) {
        let marksCache = quirks.acceptsCacheControl && parts.contains { $0.cacheLifetime != nil }
        if !marksCache, parts.contains(where: { $0.cacheLifetime != nil }) { noteCache() }
        let texts = parts.compactMap { part in
            if case .text(let text) = part.content { text } else { nil as String? }
        }
        let isTextOnly = texts.count == parts.count
        let hasExtras = request.source == .openAIChat && parts.contains { !$0.extras.isEmpty }
        let joins = parts.count <= 1 || quirks.lacksContentParts || separator == "\n\n" || separator.isEmpty
        if isTextOnly, !marksCache, !hasExtras, joins {
            writer.string(texts.joined(separator: separator))
            return
        }
        writer.beginArray()
        for part in parts { try write(part) }
        writer.endArray()
    }

    private mutating func write(_ part: Part) throws(TranslationFault) {
        let lifetime = quirks.acceptsCacheControl ? part.cacheLifetime : nil
        switch part.content {
        case .text(let text): typed("text", lifetime, part.extras) { $0.member("text", text) }
        case .image(let media): try writeImage(media, lifetime)
        case .document(let media): try writeDocument(media, lifetime)
        case .audio(let media): try writeAudio(media, lifetime)
        case .video(let media):
            let url = try url(of: media, kind: "video", defaultType: "video/mp4")
            typed("video_url", lifetime) { writer in writer.object("video_url") { $0.member("url", url) } }
        case .refusal(let text): typed("refusal", lifetime) { $0.member("refusal", text) }
        case .opaque(let type, let json):
            if request.source == .openAIChat {
                writer.raw(json)
            } else {
                changes.note(messageName(type), .dropped, "a block of type \(type) is known to its provider only")
            }
        case .toolCall, .toolResult, .reasoning:
            changes.note(messageName("reasoning"), .dropped, "tool calls and reasoning belong in an assistant turn")
        }
    }

    private mutating func typed(
        _ type: String, _ lifetime: String?, _ extras: [Extra] = [], _ body: (inout JSONWriter) -> Void
    ) {
        let own = request.source == .openAIChat ? extras : []
        writer.object { writer in
            writer.member("type", type)
            body(&writer)
            for extra in own {
                writer.key(extra.name)
                writer.raw(extra.json)
            }
            if let lifetime { Self.writeCache(lifetime, to: &writer) }
        }
    }

    private mutating func writeImage(_ media: Media, _ lifetime: String?) throws(TranslationFault) {
        let url = try url(of: media, kind: "image", defaultType: "image/png")
        typed("image_url", lifetime) { writer in
            writer.object("image_url") { writer in
                writer.member("url", url)
                if let detail = media.detail { writer.member("detail", detail) }
            }
        }
    }

    private func url(of media: Media, kind: String, defaultType: String) throws(TranslationFault) -> String {
        switch media.source {
        case .url(let url): return url
        case .base64(let data): return DataURL.text(mediaType: MediaTypes.type(of: media) ?? defaultType, base64: data)
        case .file, .text:
            throw TranslationFault(
                messageName(kind), "is given by file id, which is known to its provider only; send base64")
        }
    }

    private mutating func writeDocument(_ media: Media, _ lifetime: String?) throws(TranslationFault) {
        switch media.source {
        case .text(let text):
            changes.note(messageName("document"), .mapped, "a document of plain text is sent as text")
            let body = media.name.map { "\($0)\n\n\(text)" } ?? text
            typed("text", lifetime) { $0.member("text", body) }
        case .file(let id):
            guard request.source == .openAIChat || request.source == .openAIResponses else {
                throw TranslationFault(
                    messageName("document"), "is given by file id, which is known to its provider only; send base64")
            }
            typed("file", lifetime) { writer in writer.object("file") { $0.member("file_id", id) } }
        case .url(let url):
            guard quirks.acceptsFileURLs else {
                throw TranslationFault(
                    messageName("document"), "is given by URL, which chat completions can't fetch; send base64")
            }
            file(url, name: media.name, lifetime)
        case .base64(let data):
            let url = DataURL.text(mediaType: MediaTypes.type(of: media) ?? "application/pdf", base64: data)
            // OpenAI refuses a file without a name.
            file(url, name: media.name ?? "document.pdf", lifetime)
        }
    }

    private mutating func file(_ data: String, name: String?, _ lifetime: String?) {
        typed("file", lifetime) { writer in
            writer.object("file") { writer in
                if let name { writer.member("filename", name) }
                writer.member("file_data", data)
            }
        }
    }

    private mutating func writeAudio(_ media: Media, _ lifetime: String?) throws(TranslationFault) {
        guard case .base64(let data) = media.source else {
            throw TranslationFault(
                messageName("audio"), "is given by reference, which chat completions can't fetch; send base64")
        }
        typed("input_audio", lifetime) { writer in
            writer.object("input_audio") { writer in
                writer.member("data", data)
                writer.member("format", media.mediaType.map(AudioFormat.format) ?? "wav")
            }
        }
    }
}
