/// A value that a condition compares, from the call or from the condition itself.
package enum ConditionValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case list([ConditionValue])

    /// The number it is or spells: metadata and headers carry text only, so `"12"` compares as 12.
    package var number: Double? {
        switch self {
        case .number(let value): value
        case .string(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
        case .null, .bool, .list: nil
        }
    }

    /// The text it is, `nil` if it is none.
    package var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// True if both stand for the same: numbers by value, `"true"` and true alike, everything else exactly.
    package func equals(_ other: ConditionValue) -> Bool {
        switch (self, other) {
        case (.string(let a), .string(let b)): a == b
        case (.number, .number), (.string, .number), (.number, .string): number == other.number && number != nil
        case (.bool(let flag), .string(let text)), (.string(let text), .bool(let flag)):
            text == (flag ? "true" : "false")
        default: self == other
        }
    }
}
