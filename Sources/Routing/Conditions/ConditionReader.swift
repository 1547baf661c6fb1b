package import Bytes
import Vocabulary

extension Condition {
    /// Reads a condition: an object whose members must all hold.
    ///
    /// `{"metadata.plan": "pro", "input_tokens": {"gt": 1000}, "any": [...], "not": {...}}`; Portkey's spelling with
    /// `$` before operators and `$and`, `$or` is the same language.
    package init(json: JSONView, at path: String = "") throws(RouteFault) {
        self = try ConditionReader.read(RouteReader(json, at: path), depth: 0)
    }
}

/// Reads the JSON form of conditions.
enum ConditionReader {
    /// Deeper conditions are a mistake or an attack on the stack.
    static let deepest = 16

    static func read(_ reader: RouteReader, depth: Int) throws(RouteFault) -> Condition {
        guard depth < deepest else { throw reader.fault("Conditions nest deeper than \(deepest). Flatten them.") }
        if let flag = reader.view.bool { return flag ? .always : .never }
        guard reader.view.kind == .object else {
            throw reader.fault("A condition is an object such as {\"metadata.plan\": \"pro\"}.")
        }
        var parts: [Condition] = []
        for (key, value) in reader.view.members {
            let name = key.string
            let place = RouteReader(value, at: reader.below(name))
            parts.append(try member(name, place, depth: depth))
        }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private static func member(_ name: String, _ reader: RouteReader, depth: Int) throws(RouteFault) -> Condition {
        switch name {
        case "all", "$and": return .all(try list(reader, depth: depth))
        case "any", "$or": return .any(try list(reader, depth: depth))
        case "not", "$not": return .not(try read(reader, depth: depth + 1))
        default: break
        }
        guard let field = ConditionField(name) else {
            let known = ConditionField.names + ["all", "any", "not"]
            throw reader.fault(
                "There is no field \"\(name)\"\(NearestName.hint(name, in: known)). "
                    + "Known: \(known.joined(separator: ", "))."
            )
        }
        return try comparison(field, reader)
    }

    private static func list(_ reader: RouteReader, depth: Int) throws(RouteFault) -> [Condition] {
        try reader.elements().mapped { element throws(RouteFault) in try read(element, depth: depth + 1) }
    }

    /// A plain value means `eq`, an array `in`; an object holds operators.
    private static func comparison(_ field: ConditionField, _ reader: RouteReader) throws(RouteFault) -> Condition {
        guard reader.view.kind == .object else {
            let value = try value(reader)
            if case .list = value { return .compare(field, .isIn, value) }
            return .compare(field, .equals, value)
        }
        var parts: [Condition] = []
        for (key, value) in reader.view.members {
            let name = key.string
            parts.append(try operation(name, field, RouteReader(value, at: reader.below(name))))
        }
        guard !parts.isEmpty else { throw reader.fault("An operator is expected here, such as {\"gt\": 1000}.") }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private static func operation(
        _ name: String, _ field: ConditionField, _ reader: RouteReader
    ) throws(RouteFault) -> Condition {
        let plain = name.hasPrefix("$") ? String(name.dropFirst()) : name
        switch plain {
        case "regex": return .matches(field, try Pattern(try reader.string(), at: reader.path))
        case "exists": return try reader.bool() ? .exists(field) : .not(.exists(field))
        default: break
        }
        guard let comparison = ConditionOperator(rawValue: plain) else {
            let known = ConditionOperator.allCases.map(\.rawValue) + ["regex", "exists"]
            throw reader.fault(
                "There is no operator \"\(name)\"\(NearestName.hint(plain, in: known)). "
                    + "Known: \(known.joined(separator: ", "))."
            )
        }
        let value = try value(reader)
        if comparison == .isIn || comparison == .notIn {
            guard case .list = value else { throw reader.fault("An array is expected here.") }
        }
        return .compare(field, comparison, value)
    }

    private static func value(_ reader: RouteReader) throws(RouteFault) -> ConditionValue {
        guard let value = ConditionValue(json: reader.view) else {
            throw reader.fault("A text, a number, true, false or an array of them is expected here.")
        }
        return value
    }
}
