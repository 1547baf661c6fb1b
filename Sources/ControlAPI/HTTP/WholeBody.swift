import Bytes
import HTTPTypes
import Hummingbird
import NIOCore

extension ControlRequest {
    /// Reads the whole body.
    ///
    /// - Parameter most: In bytes; a longer one is refused.
    func bytes(atMost most: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in body {
            guard bytes.count + chunk.readableBytes <= most else {
                throw APIError(
                    status: .contentTooLarge, code: "body_too_large",
                    message: "The body is larger than \(most) bytes, the most that is read here."
                )
            }
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        return bytes
    }

    /// Reads a JSON object whose members may be deep or long, each as the JSON that it is.
    func members(_ known: [String], atMost most: Int) async throws -> BodyMembers {
        try BodyMembers(try await bytes(atMost: most), known: known)
    }
}

/// The members of a JSON object that a client sent, as they stand; null counts as absent but for `isNull`.
struct BodyMembers: Sendable {
    private var values: [String: [UInt8]] = [:]

    /// - Throws: for a body that is no JSON object, and a member that is not known or is given twice.
    init(_ bytes: [UInt8], known: [String]) throws(APIError) {
        let read: Result<[(String, [UInt8])], APIError> = bytes.withUnsafeBytes { bytes in
            do throws(JSONSyntaxError) {
                let view = try JSONView.parse(bytes)
                guard view.kind == .object else { return .failure(.invalidBody("it holds another kind of value")) }
                return .success(view.members.map { ($0.key.string, [UInt8]($0.value.raw)) })
            } catch {
                return .failure(.invalidBody("\(error.reason.text) (byte \(error.offset))"))
            }
        }
        for (name, value) in try read.get() {
            guard known.contains(name) else { throw .unknownField(name, known: known) }
            guard values.updateValue(value, forKey: name) == nil else {
                throw .invalidField(name, expected: "given once only")
            }
        }
    }

    /// The member's JSON; `nil` if it is absent or null.
    subscript(_ name: String) -> [UInt8]? { isNull(name) ? nil : values[name] }

    /// Whether the member is there and null.
    func isNull(_ name: String) -> Bool { values[name].map { $0.elementsEqual("null".utf8) } ?? false }

    /// A member that must be an object; `nil` if it is absent or null.
    func object(_ name: String) throws(APIError) -> [UInt8]? {
        guard let bytes = self[name] else { return nil }
        guard bytes.first == UInt8(ascii: "{") else { throw .invalidField(name, expected: "an object") }
        return bytes
    }

    /// A text; `nil` if the member is absent or null.
    func text(_ name: String) throws(APIError) -> String? {
        guard let bytes = self[name] else { return nil }
        guard let text = bytes.withUnsafeBytes({ JSONView(validated: $0).string }) else {
            throw .invalidField(name, expected: "a string")
        }
        return text
    }

    /// A whole number within a range; `nil` if the member is absent or null.
    func integer(_ name: String, in range: ClosedRange<Int64>) throws(APIError) -> Int64? {
        guard let bytes = self[name] else { return nil }
        guard let number = bytes.withUnsafeBytes({ JSONView(validated: $0).int64 }), range.contains(number) else {
            throw .invalidField(name, expected: "a whole number, \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// What must be there.
    func required<Value>(_ name: String, _ value: Value?) throws(APIError) -> Value {
        guard let value else { throw .invalidField(name, expected: "given") }
        return value
    }
}
