import Bytes

/// Reads a message's `content`: a string or a list of typed parts.
enum OpenAIChatPartReader {
    static func parts(_ content: JSONView?, _ path: String) throws(TranslationFault) -> [Part] {
        guard let content = content?.unlessNull else { return [] }
        if let text = content.string { return [Part(.text(text))] }
        guard content.kind == .array else { throw TranslationFault(path, "must be a string or a list of parts") }
        var parts: [Part] = []
        for element in content.elements {
            parts.append(try part(element, "\(path)[\(parts.count)]"))
        }
        return parts
    }

    private static func part(_ element: JSONView, _ path: String) throws(TranslationFault) -> Part {
        if let text = element.string { return Part(.text(text)) }
        guard let type = element["type"]?.string else {
            throw TranslationFault("\(path).type", "is missing; say text, image_url, input_audio or file")
        }
        let content = try content(element, type: type, path)
        if case .opaque = content { return Part(content) }
        return Part(content, cacheLifetime: cacheLifetime(element), extras: extras(element, type: type))
    }

    /// Members beside the type, the content and its cache mark.
    private static func extras(_ element: JSONView, type: String) -> [Extra] {
        var extras: [Extra] = []
        for (key, value) in element.members where !value.isNull {
            let name = key.string
            let isKnown = ["type", type, "text", "cache_control", "signature", "data"].contains(name)
            if !isKnown { extras.append(Extra(name, value.json)) }
        }
        return extras
    }

    private static func content(
        _ element: JSONView, type: String, _ path: String
    ) throws(TranslationFault) -> Part.Content {
        switch type {
        case "text", "input_text", "output_text":
            guard let text = element["text"] else { throw TranslationFault("\(path).text", "is missing") }
            return .text(try text.expectString("\(path).text"))
        case "refusal": return .refusal(element["refusal"]?.string ?? "")
        case "image_url": return .image(try image(element, path))
        case "input_audio": return .audio(try audio(element, path))
        case "file": return .document(try file(element, path))
        case "video_url":
            let url = element["video_url"]?["url"] ?? element["video_url"]
            return .video(try media(url, "\(path).video_url"))
        case "thinking", "redacted_thinking": return .reasoning(OpenAIReasoning.block(element))
        default: return .opaque(type: type, json: element.json)
        }
    }

    private static func image(_ element: JSONView, _ path: String) throws(TranslationFault) -> Media {
        let value = element["image_url"]
        var image = try media(value?["url"] ?? value, "\(path).image_url.url")
        image.detail = value?["detail"]?.string
        return image
    }

    private static func audio(_ element: JSONView, _ path: String) throws(TranslationFault) -> Media {
        guard let data = element["input_audio"]?["data"]?.string else {
            throw TranslationFault("\(path).input_audio.data", "is missing; give the recording as base64")
        }
        let format = element["input_audio"]?["format"]?.string
        return Media(.base64(DataURL(data)?.base64 ?? data), mediaType: format.map(AudioFormat.mediaType))
    }

    private static func file(_ element: JSONView, _ path: String) throws(TranslationFault) -> Media {
        let file = element["file"]
        if let id = file?["file_id"]?.string { return Media(.file(id), name: file?["filename"]?.string) }
        guard let data = file?["file_data"]?.string else {
            throw TranslationFault("\(path).file", "has neither file_data nor file_id; give one of them")
        }
        var media = media(data)
        if case .url(let text) = media.source, !text.contains("://") { media.source = .base64(text) }
        media.name = file?["filename"]?.string
        if media.mediaType == nil, media.name?.lowercased().hasSuffix(".pdf") == true {
            media.mediaType = "application/pdf"
        }
        return media
    }

    private static func media(_ url: JSONView?, _ path: String) throws(TranslationFault) -> Media {
        guard let text = url?.string else { throw TranslationFault(path, "is missing; give an https or data URL") }
        return media(text)
    }

    private static func media(_ url: String) -> Media {
        guard let data = DataURL(url) else { return Media(.url(url)) }
        return Media(.base64(data.base64), mediaType: data.mediaType)
    }

    /// `cache_control` as OpenRouter and LiteLLM take it on parts and tools.
    static func cacheLifetime(_ element: JSONView) -> String? {
        guard let control = element["cache_control"], control.kind == .object else { return nil }
        return control["ttl"]?.string ?? "5m"
    }
}

/// OpenAI names audio by its format, others by its media type.
enum AudioFormat {
    static func mediaType(_ format: String) -> String {
        switch format {
        case "mp3": "audio/mpeg"
        case "pcm16": "audio/pcm"
        default: "audio/\(format)"
        }
    }

    /// What the first bytes of a recording say, for an answer does not name its format; `nil` for raw samples.
    static func mediaType(ofBase64 data: String) -> String? {
        // RIFF, which could be a picture elsewhere, and a frame of MPEG audio.
        if data.hasPrefix("UklGR") { return "audio/wav" }
        return data.hasPrefix("//") ? "audio/mpeg" : MediaTypes.type(of: Media(.base64(data)))
    }

    static func format(_ mediaType: String) -> String {
        switch mediaType.split(separator: "/").last.map(String.init) ?? "" {
        case "mpeg", "mp3", "x-mp3": "mp3"
        case "wav", "x-wav", "wave", "vnd.wave": "wav"
        case "x-m4a", "mp4": "m4a"
        case "x-flac": "flac"
        case let other: other
        }
    }
}
