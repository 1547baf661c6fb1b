package import Bytes

/// Reads of members that must have a certain kind; the fault names the member.
extension JSONView {
    /// The text of a string.
    package func expectString(_ path: @autoclosure () -> String) throws(TranslationFault) -> String {
        guard let string else { throw TranslationFault(path(), "must be a string") }
        return string
    }

    /// The value of a whole number that fits 64 bits.
    package func expectInt(_ path: @autoclosure () -> String) throws(TranslationFault) -> Int64 {
        guard let int64 else { throw TranslationFault(path(), "must be a whole number") }
        return int64
    }

    /// A number with its digits as they stand.
    package func expectNumber(_ path: @autoclosure () -> String) throws(TranslationFault) -> NumberText {
        guard kind == .number else { throw TranslationFault(path(), "must be a number") }
        return NumberText(String(decoding: raw, as: UTF8.self))
    }

    /// True or false.
    package func expectBool(_ path: @autoclosure () -> String) throws(TranslationFault) -> Bool {
        guard let bool else { throw TranslationFault(path(), "must be true or false") }
        return bool
    }

    /// This, if it is an object.
    package func expectObject(_ path: @autoclosure () -> String) throws(TranslationFault) -> JSONView {
        guard kind == .object else { throw TranslationFault(path(), "must be an object") }
        return self
    }

    /// This, if it is an array.
    package func expectArray(_ path: @autoclosure () -> String) throws(TranslationFault) -> JSONView {
        guard kind == .array else { throw TranslationFault(path(), "must be an array") }
        return self
    }

    /// The raw JSON of this value.
    package var json: [UInt8] { Array(raw) }

    /// `nil` for JSON's `null`, so that `value?.unlessNull` reads as "said".
    package var unlessNull: JSONView? { isNull ? nil : self }
}
