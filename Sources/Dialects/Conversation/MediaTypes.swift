/// Finds out what a medium is where its sender did not say.
package enum MediaTypes {
    /// The media type: as said, or by the first bytes, or by the ending of its name or address; `nil` if none tells.
    package static func type(of media: Media) -> String? {
        if let type = media.mediaType, !type.isEmpty { return type }
        switch media.source {
        case .base64(let text): return bySignature(text) ?? media.name.flatMap(byEnding)
        case .url(let url): return byEnding(url) ?? media.name.flatMap(byEnding)
        case .file: return media.name.flatMap(byEnding)
        case .text: return "text/plain"
        }
    }

    /// By the first bytes, in base64.
    private static func bySignature(_ base64: String) -> String? {
        signatures.first { base64.hasPrefix($0.prefix) }?.type
    }

    /// By the ending of a file name or the path of a URL.
    private static func byEnding(_ name: String) -> String? {
        let path = name.prefix { $0 != "?" && $0 != "#" }
        guard let dot = path.lastIndex(of: ".") else { return nil }
        return endings[path[path.index(after: dot)...].lowercased()]
    }

    private static let signatures: [(prefix: String, type: String)] = [
        ("iVBORw0KGgo", "image/png"), ("/9j/", "image/jpeg"), ("R0lGOD", "image/gif"), ("JVBERi0", "application/pdf"),
        ("T2dnUw", "audio/ogg"), ("ZkxhQ", "audio/flac"), ("SUQz", "audio/mpeg"), ("GkXfo", "video/webm"),
    ]

    private static let endings: [String: String] = [
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
        "heic": "image/heic", "pdf": "application/pdf", "txt": "text/plain", "md": "text/markdown",
        "html": "text/html", "csv": "text/csv", "doc": "application/msword",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls": "application/vnd.ms-excel",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "mp3": "audio/mpeg",
        "wav": "audio/wav", "ogg": "audio/ogg", "flac": "audio/flac", "m4a": "audio/m4a", "aac": "audio/aac",
        "mp4": "video/mp4", "mov": "video/quicktime", "webm": "video/webm", "mkv": "video/x-matroska",
        "mpeg": "video/mpeg", "mpg": "video/mpeg", "wmv": "video/x-ms-wmv", "flv": "video/x-flv", "3gp": "video/3gpp",
    ]
}
