import Bytes

/// JSON written as a template: literal parts are copied as they are, interpolated values are encoded.
///
/// `#"{"id":\#(id),"n":\#(3)}"#` with `id = "a\"b"` is `{"id":"a\"b","n":3}`.
struct JSONText: ExpressibleByStringInterpolation, Sendable {
    var bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }
    init(stringLiteral value: String) { bytes = Array(value.utf8) }
    init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

    /// A copy of a value of the request.
    init(_ view: JSONView) { bytes = Array(view.raw) }

    var string: String { String(decoding: bytes, as: UTF8.self) }

    struct StringInterpolation: StringInterpolationProtocol {
        var bytes: [UInt8] = []

        init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + 48 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: String) { bytes.append(contentsOf: literal.utf8) }

        mutating func appendInterpolation(_ text: String) {
            var writer = JSONWriter()
            writer.string(text)
            bytes.append(contentsOf: writer.bytes)
        }

        mutating func appendInterpolation(_ text: String?) {
            if let text { appendInterpolation(text) } else { appendLiteral("null") }
        }

        mutating func appendInterpolation(_ number: Int) { appendLiteral(String(number)) }

        mutating func appendInterpolation(_ number: Int?) { appendLiteral(number.map { String($0) } ?? "null") }

        mutating func appendInterpolation(_ truth: Bool) { appendLiteral(truth ? "true" : "false") }

        mutating func appendInterpolation(_ json: JSONText) { bytes.append(contentsOf: json.bytes) }

        /// Elements between brackets.
        mutating func appendInterpolation(_ list: [JSONText]) {
            bytes.append(UInt8(ascii: "["))
            for (index, element) in list.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.append(contentsOf: element.bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        }

        /// The value of the request, or `null` or the given literal where it is missing.
        mutating func appendInterpolation(_ view: JSONView?, or missing: String = "null") {
            if let view { bytes.append(contentsOf: view.raw) } else { appendLiteral(missing) }
        }
    }
}
