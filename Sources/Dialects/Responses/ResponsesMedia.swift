import Bytes

/// Writes parts of a user's message.
enum ResponsesMedia {
    static func text(_ text: String) -> [UInt8] {
        JSONText.written { writer in
            writer.object { writer in
                writer.member("type", "input_text")
                writer.member("text", text)
            }
        }
    }

    static func image(_ media: Media, _ path: String) throws(TranslationFault) -> [UInt8] {
        if case .text = media.source { throw TranslationFault(path, "is text; send it as a document") }
        return JSONText.written { writer in
            writer.object { writer in
                writer.member("type", "input_image")
                switch media.source {
                case .file(let id): writer.member("file_id", id)
                case .url(let url), .text(let url): writer.member("image_url", url)
                case .base64(let data):
                    let type = media.mediaType ?? "image/png"
                    writer.member("image_url", DataURL.text(mediaType: type, base64: data))
                }
                writer.member("detail", media.detail ?? "auto")
            }
        }
    }

    /// A text goes as a file of its own, so that the model sees where it begins and ends.
    static func file(_ media: Media, _ path: String) throws(TranslationFault) -> [UInt8] {
        JSONText.written { writer in
            writer.object { writer in
                writer.member("type", "input_file")
                switch media.source {
                case .file(let id): writer.member("file_id", id)
                case .url(let url): writer.member("file_url", url)
                case .base64(let data):
                    let type = media.mediaType ?? "application/pdf"
                    writer.member("filename", name(media, type))
                    writer.member("file_data", DataURL.text(mediaType: type, base64: data))
                case .text(let text):
                    let type = media.mediaType ?? "text/plain"
                    writer.member("filename", name(media, type))
                    writer.member("file_data", DataURL.text(mediaType: type, base64: Base64.encode(Array(text.utf8))))
                }
            }
        }
    }

    /// The provider tells kinds of files by the ends of their names.
    private static func name(_ media: Media, _ type: String) -> String {
        let name = media.name ?? "document"
        if name.contains(".") { return name }
        return name + (type == "application/pdf" ? ".pdf" : ".txt")
    }

    static func audio(_ media: Media, _ path: String) throws(TranslationFault) -> [UInt8] {
        guard case .base64(let data) = media.source else {
            throw TranslationFault(path, "must be given as base64: the provider takes no URLs of recordings")
        }
        return JSONText.written { writer in
            writer.object { writer in
                writer.member("type", "input_audio")
                writer.object("input_audio") { writer in
                    writer.member("data", data)
                    writer.member("format", AudioFormat.format(media.mediaType ?? "audio/wav"))
                }
            }
        }
    }
}
