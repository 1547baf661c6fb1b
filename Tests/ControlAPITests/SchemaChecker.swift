import Foundation
import Vocabulary

/// As much of JSON Schema 2020-12 as the document uses; an unknown keyword is a fault, so nothing passes unread.
struct SchemaChecker {
    var document: [String: Any]

    /// What does not fit, each with its place.
    func faults(of value: Any, _ schema: [String: Any], at place: String = "$") -> [String] {
        resolved(schema).flatMap { keyword, rule in
            faults(of: value, keyword, rule, schema: resolved(schema), at: place)
        }
    }

    /// Follows `$ref`.
    func resolved(_ schema: [String: Any]) -> [String: Any] {
        guard let reference = schema["$ref"] as? String else { return schema }
        var place: Any = document
        for name in reference.dropFirst(2).split(separator: "/") {
            place = (place as? [String: Any])?[String(name)] ?? [String: Any]()
        }
        return place as? [String: Any] ?? ["missing": reference]
    }

    private func faults(
        of value: Any, _ keyword: String, _ rule: Any, schema: [String: Any], at place: String
    ) -> [String] {
        switch keyword {
        case "description", "default": return []
        case "format": return formatFaults(value, rule as? String ?? "", place)
        case "type":
            let types = rule as? [String] ?? [rule as? String ?? ""]
            return types.contains { isA(value, $0) } ? [] : ["\(place) is no \(types)"]
        case "enum":
            return (rule as? [AnyHashable])?.contains { $0 == value as? AnyHashable } == true
                ? [] : ["\(place) is not listed"]
        case "const": return rule as? AnyHashable == value as? AnyHashable ? [] : ["\(place) is not \(rule)"]
        case "anyOf":
            let schemas = rule as? [[String: Any]] ?? []
            let all = schemas.map { faults(of: value, $0, at: place) }
            return all.contains(where: \.isEmpty) ? [] : all.flatMap { $0 }
        case "items":
            return (value as? [Any] ?? []).enumerated().flatMap { index, item in
                faults(of: item, rule as? [String: Any] ?? [:], at: "\(place)[\(index)]")
            }
        default: return objectFaults(value as? [String: Any], keyword, rule, schema, place)
        }
    }

    private func objectFaults(
        _ object: [String: Any]?, _ keyword: String, _ rule: Any, _ schema: [String: Any], _ place: String
    ) -> [String] {
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        switch keyword {
        case "properties":
            return properties.flatMap { name, schema in
                object?[name].map { faults(of: $0, schema, at: "\(place).\(name)") } ?? []
            }
        case "required":
            return (rule as? [String] ?? []).filter { object?[$0] == nil }.map { "\(place) has no \($0)" }
        case "additionalProperties":
            let others = (object ?? [:]).filter { properties[$0.key] == nil }
            guard let schema = rule as? [String: Any] else { return others.keys.map { "\(place) has a \($0)" } }
            return others.flatMap { faults(of: $0.value, schema, at: "\(place).\($0.key)") }
        case "propertyNames":
            return (object ?? [:]).keys.flatMap { faults(of: $0, rule as? [String: Any] ?? [:], at: "\(place) name") }
        default: return ["the checker does not know `\(keyword)` at \(place)"]
        }
    }

    private func formatFaults(_ value: Any, _ format: String, _ place: String) -> [String] {
        guard let text = value as? String else { return [] }
        switch format {
        case "date-time": return RFC3339.parse(text) != nil && text.count == 27 ? [] : ["\(place) is no time: \(text)"]
        case "uuid": return ID128(hex: text)?.uuid == text ? [] : ["\(place) is no UUID: \(text)"]
        default: return []
        }
    }

    private func isA(_ value: Any, _ type: String) -> Bool {
        switch type {
        case "null": return value is NSNull
        case "string": return value is String
        case "array": return value is [Any]
        case "object": return value is [String: Any]
        case "boolean": return isBoolean(value)
        case "number": return value is NSNumber && !isBoolean(value)
        case "integer":
            return (value as? NSNumber).map { $0.doubleValue.rounded() == $0.doubleValue } == true && !isBoolean(value)
        default: return false
        }
    }

    /// JSON's `true` and 1 are both numbers to Foundation, told apart by how they were stored.
    private func isBoolean(_ value: Any) -> Bool {
        (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? false
    }
}
