import Vocabulary

/// Charges and changed parameters of a span. `nil` (NULL in the row) stands for "none".
extension SpanBlobs {
    static func encode(_ charges: [LedgerCharge]) -> [UInt8]? {
        if charges.isEmpty { return nil }
        var out = CompactWriter()
        out.unsigned(UInt64(charges.count))
        for charge in charges {
            out.string(charge.subject.kind.rawValue)
            out.string(charge.subject.id)
            out.string(charge.rule)
            for number in [charge.windowStart, charge.amount, charge.before, charge.limit] { out.signed(number) }
            out.string(charge.unit.rawValue)
            out.string(charge.mode.rawValue)
        }
        return out.bytes
    }

    static func encode(_ changes: [ParameterChange]) -> [UInt8]? {
        if changes.isEmpty { return nil }
        var out = CompactWriter()
        out.unsigned(UInt64(changes.count))
        for change in changes {
            out.string(change.name)
            out.string(change.action.rawValue)
            out.string(change.detail)
        }
        return out.bytes
    }

    static func charges(_ bytes: UnsafeRawBufferPointer) -> [LedgerCharge]? {
        list(bytes, bytesEach: 9) { reader in
            guard let kind = reader.string().flatMap(SubjectKind.init(rawValue:)), let id = reader.string(),
                let rule = reader.string(), let start = reader.signed(), let amount = reader.signed(),
                let before = reader.signed(), let limit = reader.signed(),
                let unit = reader.string().flatMap(MeteredUnit.init(rawValue:)),
                let mode = reader.string().flatMap(RuleMode.init(rawValue:))
            else { return nil }
            return LedgerCharge(
                subject: Subject(kind, id), rule: rule, windowStart: start, amount: amount, before: before,
                limit: limit, unit: unit, mode: mode)
        }
    }

    static func parameterChanges(_ bytes: UnsafeRawBufferPointer) -> [ParameterChange]? {
        list(bytes, bytesEach: 3) { reader in
            guard let name = reader.string(),
                let action = reader.string().flatMap(ParameterChange.Action.init(rawValue:)),
                let detail = reader.string()
            else { return nil }
            return ParameterChange(name, action, detail)
        }
    }

    /// Elements behind their number; no bytes at all are an empty list.
    private static func list<Element>(
        _ bytes: UnsafeRawBufferPointer, bytesEach: Int, _ read: (inout CompactReader) -> Element?
    ) -> [Element]? {
        if bytes.isEmpty { return [] }
        var reader = CompactReader(bytes)
        guard let count = reader.count(each: bytesEach) else { return nil }
        var elements: [Element] = []
        for _ in 0..<count {
            guard let element = read(&reader) else { return nil }
            elements.append(element)
        }
        return reader.isAtEnd ? elements : nil
    }
}
