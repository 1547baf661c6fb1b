import Bytes
import Vocabulary

/// A JSON value and its place, for readers that name the place in every fault.
struct RouteReader {
    let view: JSONView
    let path: String

    init(_ view: JSONView, at path: String = "") {
        self.view = view
        self.path = path
    }

    func fault(_ message: String) -> RouteFault { RouteFault(at: path, message) }

    /// A place below this one.
    func below(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    func string() throws(RouteFault) -> String {
        guard let text = view.string else { throw fault("A string is expected here.") }
        return text
    }

    /// A string that is not empty.
    func name() throws(RouteFault) -> String {
        let text = try string()
        guard !text.isEmpty else { throw fault("The name is empty. Write one, or leave the member out.") }
        return text
    }

    func bool() throws(RouteFault) -> Bool {
        guard let flag = view.bool else { throw fault("true or false is expected here.") }
        return flag
    }

    func int(_ range: ClosedRange<Int64>) throws(RouteFault) -> Int64 {
        guard let number = view.int64, range.contains(number) else {
            throw fault("A whole number from \(range.lowerBound) to \(range.upperBound) is expected here.")
        }
        return number
    }

    func double(_ range: ClosedRange<Double>) throws(RouteFault) -> Double {
        guard let number = view.double, range.contains(number) else {
            throw fault("A number from \(range.lowerBound) to \(range.upperBound) is expected here.")
        }
        return number
    }

    /// A duration such as `500ms`, in nanoseconds.
    func duration() throws(RouteFault) -> UInt64 {
        guard let text = view.string, let nanoseconds = DurationText.nanoseconds(text) else {
            throw fault(
                "A duration is expected here: a whole number and its unit, such as \"500ms\", \"5s\" or \"2m\".")
        }
        return nanoseconds
    }

    func elements() throws(RouteFault) -> [RouteReader] {
        guard view.kind == .array else { throw fault("An array is expected here.") }
        return view.elements.enumerated().map { RouteReader($1, at: "\(path)[\($0)]") }
    }

    func names() throws(RouteFault) -> [String] {
        try elements().mapped { reader throws(RouteFault) in try reader.name() }
    }

    /// The value of an enumeration by its raw value.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ type: Choice.Type
    ) throws(RouteFault) -> Choice where Choice.RawValue == String {
        let text = try string()
        guard let choice = Choice(rawValue: text) else {
            let all = Choice.allCases.map(\.rawValue)
            throw fault(
                "\"\(text)\" is not known\(NearestName.hint(text, in: all)). Known: \(all.joined(separator: ", ")).")
        }
        return choice
    }
}

/// An object's members by name.
struct RouteMembers {
    let reader: RouteReader
    private let members: [String: RouteReader]
    /// Members that were not expected, in the order of the text.
    let unknown: [String]

    /// - Throws: Where this is no object, or a member is there twice.
    init(_ reader: RouteReader, known: [String]) throws(RouteFault) {
        guard reader.view.kind == .object else { throw reader.fault("An object is expected here.") }
        var members: [String: RouteReader] = [:]
        var unknown: [String] = []
        for (key, value) in reader.view.members {
            let name = key.string
            let place = RouteReader(value, at: reader.below(name))
            guard members.updateValue(place, forKey: name) == nil else {
                throw place.fault("The member is there twice. Write it once.")
            }
            if !known.contains(name) { unknown.append(name) }
        }
        self.reader = reader
        self.members = members
        self.unknown = unknown
    }

    /// The same, but a member that is not known is a mistake, too.
    init(_ reader: RouteReader, only known: [String]) throws(RouteFault) {
        try self.init(reader, known: known)
        guard let first = unknown.first else { return }
        let hint = NearestName.hint(first, in: known)
        throw RouteFault(
            at: reader.below(first), "This member is not known\(hint). Known here: \(known.joined(separator: ", "))."
        )
    }

    /// The member of that name; `null` counts as not there.
    subscript(_ name: String) -> RouteReader? {
        members[name].flatMap { $0.view.isNull ? nil : $0 }
    }

    /// Whether the member is there, `null` or not.
    func has(_ name: String) -> Bool { members[name] != nil }
}

extension Array {
    /// `map` with a typed error.
    func mapped<Result>(_ body: (Element) throws(RouteFault) -> Result) throws(RouteFault) -> [Result] {
        var results: [Result] = []
        results.reserveCapacity(count)
        for element in self { results.append(try body(element)) }
        return results
    }
}

extension Optional {
    /// `map` with a typed error.
    func mapped<Result>(_ body: (Wrapped) throws(RouteFault) -> Result) throws(RouteFault) -> Result? {
        guard let value = self else { return nil }
        return try body(value)
    }
}
