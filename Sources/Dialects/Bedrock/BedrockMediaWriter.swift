import Bytes
import Vocabulary

/// Writes pictures, documents, recordings and films, which Bedrock takes as bytes or from S3.
struct BedrockMediaWriter {
    private let place: String
    private(set) var documents: Int
    private(set) var changes: [ParameterChange] = []

    init(place: String, documents: Int) {
        self.place = place
        self.documents = documents
    }

    mutating func write(_ content: Part.Content, to writer: inout JSONWriter) throws(TranslationFault) {
        switch content {
        case .image(let media): try write("image", "a picture", media, Self.images, to: &writer)
        case .video(let media): try write("video", "a film", media, Self.videos, to: &writer)
        case .audio(let media): try write("audio", "a recording", media, Self.audios, to: &writer)
        case .document(let media): try writeDocument(media, to: &writer)
        default: break
        }
    }

    private mutating func write(
        _ kind: StaticString, _ what: String, _ media: Media, _ formats: [String: String], to writer: inout JSONWriter
    ) throws(TranslationFault) {
        let format = try format(media, formats, what)
        let source = try source(media, what)
        writer.object { writer in
            writer.object(kind) { writer in
                writer.member("format", format)
                writer.member("source", json: source)
            }
        }
        if let detail = media.detail, detail != "auto" {
            changes.note("\(place)[].detail", .dropped, "Bedrock chooses the resolution itself")
        }
    }

    private mutating func writeDocument(_ media: Media, to writer: inout JSONWriter) throws(TranslationFault) {
        documents += 1
        let format = try format(media, Self.documents, "a document")
        let source = try source(media, "a document")
        writer.object { writer in
            writer.object("document") { writer in
                writer.member("format", format)
                writer.member("name", BedrockNames.document(Self.stem(media.name), number: documents))
                writer.member("source", json: source)
            }
        }
    }

    /// A file's name without its ending, which `format` says already.
    private static func stem(_ name: String?) -> String? {
        guard let name, let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }

    private func format(
        _ media: Media, _ formats: [String: String], _ kind: String
    ) throws(TranslationFault) -> String {
        guard let type = MediaTypes.type(of: media) else {
            throw TranslationFault(place, "holds \(kind) whose media type is unknown; say its type")
        }
        let plain = type.prefix { $0 != ";" }.lowercased()
        guard let format = formats[plain] else {
            let known = Set(formats.values).sorted().joined(separator: ", ")
            throw TranslationFault(place, "holds \(kind) of type \(plain), which Bedrock does not take; send \(known)")
        }
        return format
    }

    private func source(_ media: Media, _ kind: String) throws(TranslationFault) -> [UInt8] {
        var writer = JSONWriter()
        switch media.source {
        case .base64(let data): writer.object { $0.member("bytes", data) }
        case .text(let text): writer.object { $0.member("text", text) }
        case .url(let url), .file(let url):
            guard url.hasPrefix("s3://") else {
                throw TranslationFault(
                    place, "holds \(kind) by reference, and Bedrock fetches from S3 only; send it as base64")
            }
            writer.object { writer in writer.object("s3Location") { $0.member("uri", url) } }
        }
        return writer.bytes
    }

    private static let images = [
        "image/png": "png", "image/jpeg": "jpeg", "image/jpg": "jpeg", "image/gif": "gif", "image/webp": "webp",
    ]

    private static let documents = [
        "application/pdf": "pdf", "text/csv": "csv", "application/msword": "doc",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
        "application/vnd.ms-excel": "xls",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx", "text/html": "html",
        "text/plain": "txt", "text/markdown": "md",
    ]

    private static let audios = [
        "audio/mpeg": "mp3", "audio/mp3": "mp3", "audio/wav": "wav", "audio/x-wav": "wav", "audio/ogg": "ogg",
        "audio/opus": "opus", "audio/aac": "aac", "audio/flac": "flac", "audio/m4a": "m4a", "audio/mp4": "mp4",
        "audio/webm": "webm", "audio/pcm": "pcm",
    ]

    private static let videos = [
        "video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm", "video/x-matroska": "mkv",
        "video/x-flv": "flv", "video/mpeg": "mpeg", "video/x-ms-wmv": "wmv", "video/3gpp": "three_gp",
    ]
}
