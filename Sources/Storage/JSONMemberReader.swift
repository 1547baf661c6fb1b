package import Bytes
package import Vocabulary

/// Why a value does not fit: its place, for example `rules.budgets[0].limit`, and what is expected there.
package struct FieldFault: Error, Sendable, Equatable {
    package var place: String
    package var expected: String

    package init(_ place: String, expected: String) {
        self.place = place
        self.expected = expected
    }
}

/// The members of one JSON object, each known by its name. Valid as long as the bytes below the view.
package struct JSONMemberReader {
    /// Where the object stands, for messages; empty for the top.
    package let place: String
    private var values: [String: JSONView] = [:]

    /// - Throws: for another kind of value, and a member that is not known or is given twice.
    package init(_ view: JSONView, place: String, known: [String]) throws(FieldFault) {
        self.place = place
        guard view.kind == .object else { throw FieldFault(place, expected: "an object") }
        for (key, value) in view.members {
            let name = key.string
            guard known.contains(name) else {
                let nearest = NearestName.find(name, in: known).map { " (did you mean `\($0)`?)" } ?? ""
                throw FieldFault(place, expected: "without a member `\(name.prefix(60))`\(nearest)")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw FieldFault(path(name), expected: "given once only")
            }
        }
    }

    /// The value; `nil` if it is absent or null.
    package func value(_ name: String) -> JSONView? { values[name].flatMap { $0.isNull ? nil : $0 } }

    /// Where a member stands.
    package func path(_ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }

    /// A text; `nil` if it is absent or null.
    package func text(_ name: String) throws(FieldFault) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.string else { throw FieldFault(path(name), expected: "a string") }
        return text
    }

    /// A whole number; `nil` if it is absent or null.
    package func integer(_ name: String) throws(FieldFault) -> Int64? {
        guard let value = value(name) else { return nil }
        guard let number = value.int64 else { throw FieldFault(path(name), expected: "a whole number") }
        return number
    }

    /// A list of texts; empty if it is absent or null.
    package func texts(_ name: String) throws(FieldFault) -> [String] {
        guard let value = value(name) else { return [] }
        guard value.kind == .array else { throw FieldFault(path(name), expected: "an array of strings") }
        var texts: [String] = []
        for element in value.elements {
            guard let text = element.string else { throw FieldFault(path(name), expected: "an array of strings") }
            texts.append(text)
        }
        return texts
    }

    /// A time in RFC 3339; `nil` if it is absent or null.
    package func time(_ name: String) throws(FieldFault) -> UnixMicroseconds? {
        guard let text = try text(name) else { return nil }
        guard let time = RFC3339.parse(text) else {
            throw FieldFault(path(name), expected: "a time such as `2026-11-01T09:30:00Z`, or null")
        }
        return time
    }

    /// One of the raw values of an enumeration; `nil` if it is absent or null.
    package func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, as type: Choice.Type
    ) throws(FieldFault) -> Choice? where Choice.RawValue == String {
        guard let text = try text(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
            throw FieldFault(path(name), expected: "one of \(known)")
        }
        return choice
    }

    /// What must be there.
    package func required<Value>(_ name: String, _ value: Value?) throws(FieldFault) -> Value {
        guard let value else { throw FieldFault(path(name), expected: "given") }
        return value
    }
}
