import Bytes
import Vocabulary

/// Headers whose value is JSON.
enum JSONHeader {
    /// Longer headers are a mistake: servers in between cut them off well below.
    static let longest = 65_536

    /// Lends the value to `body`.
    static func read<Result>(
        _ header: HeaderValue, _ body: (RouteReader) throws(RouteFault) -> Result
    ) throws(RouteFault) -> Result {
        var bytes = Array(header.text.utf8)
        guard bytes.count <= longest else { throw header.fault("The header is longer than \(longest) bytes.") }
        let outcome = bytes.withUnsafeMutableBytes { buffer -> Swift.Result<Result, RouteFault> in
            do throws(JSONSyntaxError) {
                let view = try JSONView.parse(UnsafeRawBufferPointer(buffer), limits: JSONLimits(maximumDepth: 32))
                do throws(RouteFault) {
                    return .success(try body(RouteReader(view, at: header.name)))
                } catch {
                    return .failure(error)
                }
            } catch {
                return .failure(header.fault("This is no JSON: \(error.description). Mend the header."))
            }
        }
        return try outcome.get()
    }

    /// An object's scalars as metadata.
    static func pairs(_ header: HeaderValue) throws(RouteFault) -> [MetadataPair] {
        try read(header) { reader throws(RouteFault) in
            guard reader.view.kind == .object else { throw reader.fault("A JSON object is expected here.") }
            return reader.view.members.compactMap { key, value in
                switch value.kind {
                case .string: MetadataPair(key: key.string, value: value.string ?? "")
                case .number, .bool: MetadataPair(key: key.string, value: String(decoding: value.raw, as: UTF8.self))
                case .object, .array, .null: nil
                }
            }
        }
    }
}
