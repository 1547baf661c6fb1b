import Bytes

/// Questions about bytes that may or may not be JSON.
enum JSONText {
    /// True if the bytes are one complete JSON object.
    static func isObject(_ bytes: [UInt8]) -> Bool { read(bytes) { $0.kind == .object } ?? false }

    /// True if the bytes are one complete JSON value.
    static func isComplete(_ bytes: [UInt8]) -> Bool { read(bytes) { _ in true } ?? false }

    /// Lends the value to `body`; `nil` if the bytes are no JSON.
    static func read<Result>(_ bytes: [UInt8], _ body: (JSONView) -> Result) -> Result? {
        bytes.withUnsafeBytes { read($0, body) }
    }

    /// Lends the value to `body`; `nil` if the bytes are no JSON.
    static func read<Result>(_ bytes: UnsafeRawBufferPointer, _ body: (JSONView) -> Result) -> Result? {
        do throws(JSONSyntaxError) {
            return body(try JSONView.parse(bytes))
        } catch {
            return nil
        }
    }

    /// The JSON that `write` writes.
    static func written(_ write: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        write(&writer)
        return writer.bytes
    }
}

/// Writes server-sent events.
enum ServerSentEvent {
    /// Appends one named event whose data is `json`, which has no line breaks.
    static func append(_ name: String, json: [UInt8], to output: inout [UInt8]) {
        output.append(contentsOf: "event: ".utf8)
        output.append(contentsOf: name.utf8)
        output.append(contentsOf: "\ndata: ".utf8)
        appendFlat(json, to: &output)
        output.append(contentsOf: "\n\n".utf8)
    }

    /// Raw JSON may have been indented by whoever wrote it; between values a line break means as much as a space.
    private static func appendFlat(_ json: [UInt8], to output: inout [UInt8]) {
        guard json.contains(where: { $0 == 0x0A || $0 == 0x0D }) else {
            output.append(contentsOf: json)
            return
        }
        output.append(contentsOf: json.lazy.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
    }
}
