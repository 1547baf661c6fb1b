import Storage
import Vocabulary

/// Reads spans from rows that were selected with `SpanColumns.selection`.
struct SpanRow {
    let statement: SQLStatement
    let names: NameLookup
    /// Whether the bodies (receipt, input, output) were selected.
    let hasBodies: Bool

    /// The current row. Cost is the stored total, which is there also where the receipt was not selected.
    func read(project: ProjectID) throws(StorageError) -> SpanSummary {
        guard let id = statement.nextOptionalID() else { throw damaged("an id") }
        // Times come before the key in the row: the record is completed as columns come.
        var span = SpanRecord(id: id, project: project, environment: "", keyID: "")
        let cost = try readTimes(&span)
        try readNames(&span)
        try readCaller(&span)
        try readServing(&span)
        try readCall(&span)
        readUsage(&span.usage)
        try readRest(&span)
        return SpanSummary(span: span, cost: cost.map { Money(nanodollars: $0) })
    }

    private func readTimes(_ span: inout SpanRecord) throws(StorageError) -> Int64? {
        span.timing.startedAt = statement.nextInt()
        span.timing.endedAfter = statement.nextInt()
        span.timing.firstTokenAfter = statement.nextOptionalInt()
        let cost = statement.nextOptionalInt()
        guard let outcome = OutcomeCode.outcome(of: statement.nextInt()) else { throw damaged("an outcome") }
        span.outcome = outcome
        span.httpStatus = Int(statement.nextInt())
        span.streamed = statement.nextBool()
        return cost
    }

    private func readNames(_ span: inout SpanRecord) throws(StorageError) {
        span.environment = try name()
        span.keyID = try name()
        guard let operation = Operation(rawValue: try name()), let dialect = Dialect(rawValue: try name()) else {
            throw damaged("an operation or dialect")
        }
        span.operation = operation
        span.dialect = dialect
        span.provider = try name()
        span.requestModel = try name()
        span.errorCode = try optionalName()
    }

    private func readCaller(_ span: inout SpanRecord) throws(StorageError) {
        span.traceID = statement.nextOptionalID()
        span.user = statement.nextOptionalText()
        span.session = statement.nextOptionalText()
        span.feature = statement.nextOptionalText()
        span.tags = statement.nextOptionalText().map { TagText.decode($0) } ?? []
    }

    private func readServing(_ span: inout SpanRecord) throws(StorageError) {
        span.team = try optionalName()
        span.customer = statement.nextOptionalText()
        span.route = try optionalName()
        if let code = statement.nextOptionalInt() {
            guard let verdict = CacheCode.verdict(of: code) else { throw damaged("a cache verdict") }
            span.cache = verdict
        }
        span.savedCost = statement.nextOptionalInt().map { Money(nanodollars: $0) }
        span.fallbackIndex = Int(statement.nextOptionalInt() ?? 0)
    }

    private func readCall(_ span: inout SpanRecord) throws(StorageError) {
        span.spanID = UInt64(bitPattern: statement.nextInt())
        span.parentSpanID = statement.nextOptionalInt().map { UInt64(bitPattern: $0) }
        span.endpoint = statement.nextIsText ? statement.nextText() : try name()
        span.upstreamModel = try name()
        span.responseModel = try optionalName()
        span.finishReason = try optionalName()
        span.attempts = Int(statement.nextInt())
        span.timing.admittedAfter = statement.nextInt()
        span.timing.connectedAfter = statement.nextOptionalInt()
        span.timing.firstByteAfter = statement.nextOptionalInt()
    }

    private func readUsage(_ usage: inout TokenUsage) {
        usage.uncachedInput = statement.nextInt()
        usage.cacheRead = statement.nextInt()
        usage.cacheWrite5m = statement.nextInt()
        usage.cacheWrite1h = statement.nextInt()
        usage.audioInput = statement.nextInt()
        usage.imageInput = statement.nextInt()
        usage.outputText = statement.nextInt()
        usage.reasoning = statement.nextInt()
        usage.audioOutput = statement.nextInt()
        usage.serverToolCalls = statement.nextInt()
    }

    private func readRest(_ span: inout SpanRecord) throws(StorageError) {
        guard let source = UsageSource(rawValue: try name()) else { throw damaged("a usage source") }
        span.usageSource = source
        let priceVersion = try optionalName()
        let priceSource = try optionalName()
        span.truncated = statement.nextBool()
        span.inputPreview = statement.nextText()
        span.outputPreview = statement.nextText()
        span.errorMessage = statement.nextOptionalText()
        span.metadata = try blob("metadata") { SpanBlobs.metadata($0) }
        guard hasBodies else { return }
        let lines = try blob("a receipt") { $0.isEmpty ? [] : SpanBlobs.receiptLines($0) }
        if let priceVersion, let priceSource {
            span.receipt = Receipt(lines: lines, priceVersion: priceVersion, source: priceSource)
        }
        span.input = try blob("a body") { SpanBlobs.manifest($0) }
        span.output = try blob("a body") { SpanBlobs.manifest($0) }
        try readDecision(&span)
    }

    private func readDecision(_ span: inout SpanRecord) throws(StorageError) {
        span.organisation = try optionalName()
        span.cacheSource = statement.nextOptionalID()
        span.charges = try blob("a charge") { SpanBlobs.charges($0) }
        span.parameterChanges = try blob("a changed parameter") { SpanBlobs.parameterChanges($0) }
        span.decision = try blob("a decision") { [UInt8]($0) }
    }

    private func name() throws(StorageError) -> String { try names.name(statement.nextInt()) }

    private func optionalName() throws(StorageError) -> String? {
        guard let id = statement.nextOptionalInt() else { return nil }
        return try names.name(id)
    }

    private func blob<T>(_ what: String, _ decode: (UnsafeRawBufferPointer) -> T?) throws(StorageError) -> T {
        try statement.withNextBlob { (bytes) throws(StorageError) in
            guard let value = decode(bytes) else { throw damaged(what) }
            return value
        }
    }

    private func damaged(_ what: String) -> StorageError {
        .engine(
            "the event store is damaged or was written by a newer version: \(what) of a span cannot be read; "
                + "restore the last backup, or start that version")
    }
}
