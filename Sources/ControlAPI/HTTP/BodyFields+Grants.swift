import Bytes
import Storage
import Vocabulary

/// The members that keys and subjects have in common. Each reader gives `nil` if the member is absent.
extension BodyFields {
    /// `true` or `false`; null stands for `false`.
    func flag(_ name: String) throws(APIError) -> Bool? {
        switch values[name] {
        case nil: return nil
        case .null: return false
        case .flag(let flag): return flag
        default: throw .invalidField(name, expected: "`true` or `false`")
        }
    }

    /// A whole number; `nil` also if it is null.
    func integer(_ name: String) throws(APIError) -> Int64? {
        switch values[name] {
        case nil, .null: return nil
        case .number(let number): return number
        default: throw .invalidField(name, expected: "a whole number")
        }
    }

    /// A text that can be taken away: `.some(nil)` if it is null.
    func removableText(_ name: String) throws(APIError) -> String?? {
        if case .null = values[name] { return .some(nil) }
        return try text(name).map { .some($0) }
    }

    /// Raw values of an enumeration; null stands for an empty list.
    func choices<Choice: RawRepresentable & CaseIterable>(
        _ name: String, as type: Choice.Type
    ) throws(APIError) -> [Choice]? where Choice.RawValue == String {
        guard let texts = try texts(name) else { return nil }
        var choices: [Choice] = []
        for text in texts {
            guard let choice = Choice(rawValue: text) else {
                let known = Choice.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
                throw .invalidField(name, expected: "a list of some of \(known)")
            }
            choices.append(choice)
        }
        return choices
    }

    /// An object of texts, in its order; null stands for an empty one.
    func pairs(_ name: String) throws(APIError) -> [MetadataPair]? {
        let bytes: [UInt8]
        switch values[name] {
        case nil: return nil
        case .null: return []
        case .json(let json): bytes = json
        default: throw .invalidField(name, expected: "an object of strings")
        }
        let pairs: [MetadataPair]? = bytes.withUnsafeBytes { bytes in
            guard let view = try? JSONView.parse(bytes), view.kind == .object else { return nil }
            var pairs: [MetadataPair] = []
            for (key, value) in view.members {
                guard let text = value.string else { return nil }
                pairs.append(MetadataPair(key: key.string, value: text))
            }
            return pairs
        }
        guard let pairs else { throw .invalidField(name, expected: "an object of strings") }
        return pairs
    }

    /// Spending rules; null stands for none.
    func rules(_ name: String) throws(APIError) -> SpendingRules? {
        let bytes: [UInt8]
        switch values[name] {
        case nil: return nil
        case .null: return SpendingRules.none
        case .json(let json): bytes = json
        default: throw .invalidField(name, expected: "an object with `budgets` and `limits`")
        }
        let rules: Result<SpendingRules, FieldFault> = bytes.withUnsafeBytes { bytes in
            guard let view = try? JSONView.parse(bytes) else {
                return .failure(FieldFault(name, expected: "JSON"))
            }
            return Result { () throws(FieldFault) in try SpendingRulesJSON.read(view, place: name) }
        }
        do throws(FieldFault) {
            return try rules.get()
        } catch {
            throw .invalidField(error.place, expected: error.expected)
        }
    }
}
