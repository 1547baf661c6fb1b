import Bytes
import Vocabulary

/// The members of a small JSON object that a client sent.
struct BodyFields: Sendable, Equatable {
    /// The shapes that endpoints take; anything else is known by its kind only.
    enum Value: Sendable, Equatable {
        case string(String)
        case strings([String])
        case flag(Bool)
        case number(Int64)
        case null
        /// Objects, arrays of other things, other numbers: the JSON as it stands.
        case json([UInt8])
    }

    private(set) var values: [String: Value] = [:]

    /// - Parameters:
    ///   - bytes: The whole body.
    ///   - known: The members that the endpoint takes.
    /// - Throws: for a body that is no JSON object, and a member that is not known or is given twice.
    init(_ bytes: [UInt8], known: [String]) throws(APIError) {
        let members: [(String, Value)]
        do {
            members = try bytes.withUnsafeBytes {
                try readMembers(JSONView.parse($0, limits: JSONLimits(maximumDepth: 8)))
            }
        } catch let error as JSONSyntaxError {
            throw .invalidBody("\(error.reason.text) (byte \(error.offset))")
        } catch let error as APIError {
            throw error
        } catch {
            throw .internalError
        }
        for (name, value) in members {
            guard known.contains(name) else { throw .unknownField(name, known: known) }
            guard values.updateValue(value, forKey: name) == nil else {
                throw .invalidField(name, expected: "given once only")
            }
        }
    }

    /// A text; `nil` if the member is absent or null.
    func text(_ name: String) throws(APIError) -> String? {
        switch values[name] {
        case nil, .null: return nil
        case .string(let text): return text
        default: throw .invalidField(name, expected: "a string")
        }
    }

    /// A list of texts; `nil` if the member is absent, empty if it is null.
    func texts(_ name: String) throws(APIError) -> [String]? {
        switch values[name] {
        case nil: return nil
        case .null: return []
        case .strings(let texts): return texts
        default: throw .invalidField(name, expected: "an array of strings")
        }
    }

    /// A time in RFC 3339: `nil` if the member is absent, `.some(nil)` if it is null.
    func time(_ name: String) throws(APIError) -> UnixMicroseconds?? {
        switch values[name] {
        case nil: return .none
        case .null: return .some(nil)
        case .string(let text):
            if let time = RFC3339.parse(text) { return .some(time) }
            fallthrough
        default: throw .invalidField(name, expected: "a time such as `2026-11-01T09:30:00Z`, or null")
        }
    }
}

private func readMembers(_ view: JSONView) throws -> [(String, BodyFields.Value)] {
    guard view.kind == .object else { throw APIError.invalidBody("it holds another kind of value") }
    var members: [(String, BodyFields.Value)] = []
    try view.forEachMember { key, value in
        members.append((key.string, try readValue(value)))
    }
    return members
}

private func readValue(_ view: JSONView) throws -> BodyFields.Value {
    switch view.kind {
    case .null: return .null
    case .string: return view.string.map { .string($0) } ?? .json([UInt8](view.raw))
    case .bool: return .flag(view.bool ?? false)
    case .number: return view.int64.map { .number($0) } ?? .json([UInt8](view.raw))
    case .array:
        var texts: [String] = []
        var isOfStrings = true
        view.forEachElement { element in
            if let text = element.string { texts.append(text) } else { isOfStrings = false }
        }
        return isOfStrings ? .strings(texts) : .json([UInt8](view.raw))
    case .object: return .json([UInt8](view.raw))
    }
}
