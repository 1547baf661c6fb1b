import Bytes

/// Turns Anthropic's citations of web pages into annotations. Citations of documents have no annotation like them.
enum ResponsesCitations {
    /// The list for a text; empty where it cites nothing. A citation stands for its whole block of text.
    static func annotations(_ part: Part, _ text: String) -> [UInt8] {
        let citations = part.extras.first { $0.name == "citations" }?.json ?? Array("[]".utf8)
        let written = JSONText.read(citations) { list in
            list.elements.compactMap { annotation($0, start: 0, end: text.unicodeScalars.count) }
        }
        return JSONText.written { writer in
            writer.beginArray()
            for annotation in written ?? [] { writer.raw(annotation) }
            writer.endArray()
        }
    }

    /// One annotation; `nil` for a citation of anything but a web page.
    static func annotation(_ citation: JSONView, start: Int, end: Int) -> [UInt8]? {
        guard let url = citation["url"]?.string else { return nil }
        return JSONText.written { writer in
            writer.object { writer in
                writer.member("type", "url_citation")
                writer.member("start_index", Int64(start))
                writer.member("end_index", Int64(end))
                writer.member("url", url)
                writer.member("title", citation["title"]?.string ?? url)
            }
        }
    }
}
