/// What must hold for a call, or for a target, to be taken: the one value that every filter dialect is read into.
package indirect enum Condition: Sendable, Hashable {
    case always
    case never
    case not(Condition)
    case all([Condition])
    case any([Condition])
    /// False where the field has no value, whatever the operator: `ne` and `nin` too.
    case compare(ConditionField, ConditionOperator, ConditionValue)
    /// A text that the pattern is found in.
    case matches(ConditionField, Pattern)
    /// Whether the field has a value at all.
    case exists(ConditionField)
}

/// How a field is compared with a value.
package enum ConditionOperator: String, Sendable, Hashable, CaseIterable {
    case equals = "eq"
    case notEquals = "ne"
    /// The value is a list, and one of it equals the field.
    case isIn = "in"
    case notIn = "nin"
    case greater = "gt"
    case greaterOrEqual = "gte"
    case less = "lt"
    case lessOrEqual = "lte"
    /// The field's text holds the value's text, or the field is a list with that value.
    case contains
    case hasPrefix = "prefix"
}

/// Answers what a condition asks.
package protocol ConditionFacts {
    /// The field's value, `nil` where there is none.
    func value(of field: ConditionField) -> ConditionValue?
}

extension Condition {
    /// Whether it holds. Costs one look-up per comparison; `all` and `any` stop as soon as the answer is known.
    package func holds(for facts: some ConditionFacts) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .not(let inner): !inner.holds(for: facts)
        case .all(let parts): parts.allSatisfy { $0.holds(for: facts) }
        case .any(let parts): parts.contains { $0.holds(for: facts) }
        case .compare(let field, let comparison, let value):
            facts.value(of: field).map { comparison.holds($0, value) } ?? false
        case .matches(let field, let pattern): facts.value(of: field).map { Self.matches($0, pattern) } ?? false
        case .exists(let field): facts.value(of: field) != nil
        }
    }

    private static func matches(_ value: ConditionValue, _ pattern: Pattern) -> Bool {
        switch value {
        case .string(let text): pattern.isFound(in: text)
        case .list(let values): values.contains { matches($0, pattern) }
        case .number, .bool, .null: false
        }
    }
}

extension ConditionOperator {
    /// Compares a field's value with a condition's. A field that is a list holds where one of its values does (for
    /// `ne` and `nin`: where all do).
    func holds(_ field: ConditionValue, _ value: ConditionValue) -> Bool {
        if case .list(let values) = field, self != .contains {
            let isNegative = self == .notEquals || self == .notIn
            return isNegative
                ? values.allSatisfy { holds($0, value) } : values.contains { holds($0, value) }
        }
        switch self {
        case .equals: return field.equals(value)
        case .notEquals: return !field.equals(value)
        case .isIn: return Self.list(value).contains { field.equals($0) }
        case .notIn: return !Self.list(value).contains { field.equals($0) }
        case .greater, .greaterOrEqual, .less, .lessOrEqual: return isOrdered(field, value)
        case .contains: return Self.contains(field, value)
        case .hasPrefix: return Self.begins(field, value)
        }
    }

    private func isOrdered(_ field: ConditionValue, _ value: ConditionValue) -> Bool {
        guard let a = field.number, let b = value.number else { return false }
        return switch self {
        case .greater: a > b
        case .greaterOrEqual: a >= b
        case .less: a < b
        default: a <= b
        }
    }

    private static func list(_ value: ConditionValue) -> [ConditionValue] {
        guard case .list(let values) = value else { return [value] }
        return values
    }

    private static func contains(_ field: ConditionValue, _ value: ConditionValue) -> Bool {
        if case .list(let values) = field { return values.contains { $0.equals(value) } }
        guard let text = field.text, let part = value.text else { return false }
        return text.contains(part)
    }

    private static func begins(_ field: ConditionValue, _ value: ConditionValue) -> Bool {
        guard let text = field.text, let prefix = value.text else { return false }
        return text.hasPrefix(prefix)
    }
}
