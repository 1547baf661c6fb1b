import Bytes

/// The tree as JSON again, with numbers and flags as such.
enum TreeJSON {
    static func bytes(_ tree: ImportTree) -> [UInt8] {
        var writer = JSONWriter()
        write(tree, to: &writer)
        return writer.bytes
    }

    private static func write(_ tree: ImportTree, to writer: inout JSONWriter) {
        switch tree {
        case .null: writer.null()
        case .scalar(let text):
            if let number = Int64(text) {
                writer.int(number)
            } else if let number = Double(text), number.isFinite {
                writer.double(number)
            } else if text == "true" || text == "false" {
                writer.bool(text == "true")
            } else {
                writer.string(text)
            }
        case .list(let elements):
            writer.beginArray()
            for element in elements { write(element, to: &writer) }
            writer.endArray()
        case .mapping(let members):
            writer.beginObject()
            for member in members {
                writer.key(member.key)
                write(member.value, to: &writer)
            }
            writer.endObject()
        }
    }
}
