import Bytes

/// Citations of web pages, which Responses has flat and chat under `url_citation`.
enum OpenAIChatCitations {
    /// Writes `annotations`, where the texts have any that chat can say.
    static func write(_ texts: [Part], to writer: inout JSONWriter) {
        let lists = texts.flatMap(\.extras).filter { $0.name == "annotations" }
        let citations = lists.flatMap { extra in
            JSONText.read(extra.json) { list in list.elements.compactMap(citation) } ?? []
        }
        guard !citations.isEmpty else { return }
        writer.array("annotations") { writer in
            for citation in citations { writer.raw(citation) }
        }
    }

    private static func citation(_ annotation: JSONView) -> [UInt8]? {
        guard annotation["type"]?.isString("url_citation") ?? false, let url = annotation["url"]?.string else {
            return nil
        }
        return JSONText.written { writer in
            writer.object { writer in
                writer.member("type", "url_citation")
                writer.object("url_citation") { writer in
                    if let start = annotation["start_index"]?.int64 { writer.member("start_index", start) }
                    if let end = annotation["end_index"]?.int64 { writer.member("end_index", end) }
                    writer.member("title", annotation["title"]?.string ?? "")
                    writer.member("url", url)
                }
            }
        }
    }
}
