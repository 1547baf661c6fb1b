import Bytes

/// Writes the `source` of pictures and documents.
enum AnthropicMediaSource {
    static func written(_ media: Media, isImage: Bool, _ path: String) throws(TranslationFault) -> [UInt8] {
        switch media.source {
        case .url(let url): return source("url", [("url", url)])
        case .file(let id): return source("file", [("file_id", id)])
        case .text(let text): return source("text", [("media_type", "text/plain"), ("data", text)])
        case .base64(let data):
            let type = isImage ? imageType(media, data) : documentType(media, data)
            if isImage || type == "application/pdf" { return source("base64", [("media_type", type), ("data", data)]) }
            return try text(data, type: type, path)
        }
    }

    private static func source(_ type: String, _ members: [(name: String, value: String)]) -> [UInt8] {
        JSONText.written { writer in
            writer.object { writer in
                writer.member("type", type)
                for member in members {
                    writer.key(member.name)
                    writer.string(member.value)
                }
            }
        }
    }

    /// Documents that are no PDF go as plain text.
    private static func text(_ data: String, type: String, _ path: String) throws(TranslationFault) -> [UInt8] {
        let isText = type.hasPrefix("text/") || type == "application/json" || type.hasSuffix("+json")
        guard isText, let bytes = Base64.decode(data), let text = String(validating: bytes, as: UTF8.self) else {
            throw TranslationFault(path, "the provider takes PDF and text, not \(type); convert it to one of them")
        }
        return source("text", [("media_type", "text/plain"), ("data", text)])
    }

    /// The type as said, else as the first bytes tell.
    private static func imageType(_ media: Media, _ data: String) -> String {
        if let type = media.mediaType { return type == "image/jpg" ? "image/jpeg" : type }
        if data.hasPrefix("/9j/") { return "image/jpeg" }
        if data.hasPrefix("R0lG") { return "image/gif" }
        return data.hasPrefix("UklGR") ? "image/webp" : "image/png"
    }

    private static func documentType(_ media: Media, _ data: String) -> String {
        if data.hasPrefix("JVBER") { return "application/pdf" }
        if let type = media.mediaType { return type }
        let name = media.name?.lowercased() ?? ""
        let isText = [".txt", ".md", ".csv", ".json", ".html", ".xml"].contains { name.hasSuffix($0) }
        return isText ? "text/plain" : "application/pdf"
    }
}
