import Bytes

/// Reads the content of messages and of tool outputs: a string or a list of typed parts.
enum ResponsesPartReader {
    static func parts(_ content: JSONView?, _ path: String) throws(TranslationFault) -> [Part] {
        guard let content = content?.unlessNull else {
            throw TranslationFault(path, "is missing; give a string or a list of parts")
        }
        if let text = content.string { return [Part(.text(text))] }
        guard content.kind == .array else { throw TranslationFault(path, "must be a string or a list of parts") }
        var parts: [Part] = []
        for element in content.elements {
            parts.append(try part(element, "\(path)[\(parts.count)]"))
        }
        return parts
    }

    static func part(_ element: JSONView, _ path: String) throws(TranslationFault) -> Part {
        guard let type = element["type"]?.string else {
            throw TranslationFault("\(path).type", "is missing; say input_text, input_image or input_file")
        }
        var part = Part(try content(element, type, path), cacheLifetime: cacheLifetime(element))
        if let annotations = element["annotations"], annotations.kind == .array, !annotations.isEmptyContainer {
            part.extras.append(Extra("annotations", annotations.json))
        }
        return part
    }

    private static func content(
        _ element: JSONView, _ type: String, _ path: String
    ) throws(TranslationFault) -> Part.Content {
        switch type {
        case "input_text", "output_text", "text", "summary_text":
            guard let text = element["text"] else { throw TranslationFault("\(path).text", "is missing") }
            return .text(try text.expectString("\(path).text"))
        case "refusal": return .refusal(element["refusal"]?.string ?? "")
        case "input_image": return .image(try image(element, path))
        case "input_file": return .document(try file(element, path))
        case "input_audio": return .audio(try audio(element, path))
        default: return .opaque(type: type, json: element.json)
        }
    }

    /// A breakpoint of ours or LiteLLM's spelling, or OpenAI's own explicit one.
    private static func cacheLifetime(_ element: JSONView) -> String? {
        if let control = element["cache_control"], control.kind == .object { return control["ttl"]?.string ?? "5m" }
        guard let breakpoint = element["prompt_cache_breakpoint"], breakpoint.kind == .object else { return nil }
        return breakpoint["ttl"]?.string == nil ? "5m" : "1h"
    }

    private static func image(_ element: JSONView, _ path: String) throws(TranslationFault) -> Media {
        var media: Media
        if let url = element["image_url"]?.string {
            media = self.media(url)
        } else if let id = element["file_id"]?.string {
            media = Media(.file(id))
        } else {
            throw TranslationFault("\(path).image_url", "is missing; give an https or data URL, or a file_id")
        }
        media.detail = element["detail"]?.string
        return media
    }

    private static func file(_ element: JSONView, _ path: String) throws(TranslationFault) -> Media {
        var media: Media
        if let id = element["file_id"]?.string {
            media = Media(.file(id))
        } else if let url = element["file_url"]?.string {
            media = Media(.url(url))
        } else if let data = element["file_data"]?.string {
            media = DataURL(data).map { Media(.base64($0.base64), mediaType: $0.mediaType) } ?? Media(.base64(data))
        } else {
            throw TranslationFault("\(path).file_data", "is missing; give file_data, file_url or file_id")
        }
        media.name = element["filename"]?.string
        if media.mediaType == nil, media.name?.lowercased().hasSuffix(".pdf") == true {
            media.mediaType = "application/pdf"
        }
        return media
    }

    private static func audio(_ element: JSONView, _ path: String) throws(TranslationFault) -> Media {
        let audio = element["input_audio"]
        guard let data = audio?["data"]?.string else {
            throw TranslationFault("\(path).input_audio.data", "is missing; give the recording as base64")
        }
        return Media(.base64(data), mediaType: audio?["format"]?.string.map(AudioFormat.mediaType))
    }

    private static func media(_ url: String) -> Media {
        guard let data = DataURL(url) else { return Media(.url(url)) }
        return Media(.base64(data.base64), mediaType: data.mediaType)
    }
}
