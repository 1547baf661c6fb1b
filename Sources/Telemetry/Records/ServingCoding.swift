import Vocabulary

/// What version 2 of a record's bytes adds: for whom a call was, how it was routed and cached, what it was charged to.
extension EntryBuffer {
    mutating func serving(_ span: borrowing SpanRecord) {
        optional(span.organisation)
        optional(span.team)
        optional(span.customer)
        optional(span.route)
        signed(Int64(span.fallbackIndex))
        span.decision.withUnsafeBytes { bytes($0) }
        unsigned(UInt64(span.parameterChanges.count))
        for change in span.parameterChanges { self.change(change) }
        optional(span.cache?.rawValue)
        flag(span.cacheSource != nil)
        if let source = span.cacheSource { id(source) }
        optional(span.savedCost?.nanodollars)
        unsigned(UInt64(span.charges.count))
        for charge in span.charges { self.charge(charge) }
    }

    private mutating func change(_ change: ParameterChange) {
        string(change.name)
        string(change.action.rawValue)
        string(change.detail)
    }

    private mutating func charge(_ charge: LedgerCharge) {
        string(charge.subject.kind.rawValue)
        string(charge.subject.id)
        string(charge.rule)
        signed(charge.windowStart)
        signed(charge.amount)
        signed(charge.before)
        signed(charge.limit)
        string(charge.unit.rawValue)
        string(charge.mode.rawValue)
    }
}

/// The other half.
extension ByteReader {
    mutating func serving(_ span: inout SpanRecord) throws(RecordDecodingError) {
        span.organisation = try optionalString()
        span.team = try optionalString()
        span.customer = try optionalString()
        span.route = try optionalString()
        span.fallbackIndex = Int(try signed())
        span.decision = [UInt8](try slice())
        for _ in 0..<(try count(bytesEach: 3)) { span.parameterChanges.append(try change()) }
        if try flag() { span.cache = try name(CacheVerdict.self) }
        if try flag() { span.cacheSource = try id() }
        span.savedCost = try optionalSigned().map { Money(nanodollars: $0) }
        for _ in 0..<(try count(bytesEach: 9)) { span.charges.append(try charge()) }
    }

    private mutating func change() throws(RecordDecodingError) -> ParameterChange {
        let place = try string()
        return ParameterChange(place, try name(ParameterChange.Action.self), try string())
    }

    private mutating func charge() throws(RecordDecodingError) -> LedgerCharge {
        let subject = Subject(try name(SubjectKind.self), try string())
        return LedgerCharge(
            subject: subject, rule: try string(), windowStart: try signed(), amount: try signed(),
            before: try signed(), limit: try signed(), unit: try name(MeteredUnit.self), mode: try name(RuleMode.self))
    }
}
