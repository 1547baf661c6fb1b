import Storage
import Vocabulary

/// Inserts spans: the slim half first, which says whether the id is new, then the details.
///
/// Belongs to the writer's connection.
final class SpanTable {
    private let insertSlim: SQLStatement
    private let insertDetails: SQLStatement
    private let names: NameTable
    private var nextSequence: Int64

    init(on connection: OpaquePointer, names: NameTable) throws(StorageError) {
        self.names = names
        insertSlim = try SQLStatement(SpanColumns.insertSlim, on: connection)
        insertDetails = try SQLStatement(SpanColumns.insertDetails, on: connection)
        let highest = try SQLStatement("SELECT max(seq) FROM span_details", on: connection)
        nextSequence = try highest.step() ? highest.nextInt() + 1 : 1
    }

    /// Stores the span. False if its id is stored already; then nothing changes.
    func store(_ span: SpanRecord, project: Int64, environment: Int64) throws(StorageError) -> Bool {
        try bindIdentity(span, project: project, environment: environment)
        bindText(span)
        try bindServing(span)
        guard try insertSlim.runCountingChange() else { return false }
        try bindCall(span)
        bindUsage(span.usage)
        try bindRest(span)
        try insertDetails.run()
        nextSequence += 1
        return true
    }

    private func bindIdentity(_ span: SpanRecord, project: Int64, environment: Int64) throws(StorageError) {
        let row = insertSlim
        row.bind(project)
        row.bind(span.id)
        row.bind(nextSequence)
        row.bind(span.timing.startedAt)
        row.bind(span.timing.endedAfter)
        row.bind(span.timing.firstTokenAfter)
        row.bind(span.receipt?.total.nanodollars)
        row.bind(OutcomeCode.code(of: span.outcome))
        row.bind(Int64(span.httpStatus))
        row.bind(span.streamed)
        row.bind(environment)
        row.bind(try names.id(of: span.keyID))
        row.bind(try names.id(of: span.operation.rawValue))
        row.bind(try names.id(of: span.dialect.rawValue))
        row.bind(try names.id(of: span.provider))
        row.bind(try names.id(of: span.requestModel))
        row.bind(try id(of: span.errorCode))
    }

    private func bindText(_ span: SpanRecord) {
        insertSlim.bind(span.traceID)
        insertSlim.bind(span.user)
        insertSlim.bind(span.session)
        insertSlim.bind(span.feature)
        insertSlim.bind(TagText.encode(span.tags))
    }

    private func bindServing(_ span: SpanRecord) throws(StorageError) {
        let row = insertSlim
        row.bind(try id(of: span.team))
        row.bind(span.customer)
        row.bind(try id(of: span.route))
        row.bind(span.cache.map { CacheCode.code(of: $0) })
        row.bind(span.savedCost?.nanodollars)
        row.bind(span.fallbackIndex == 0 ? nil : Int64(span.fallbackIndex))
    }

    private func bindCall(_ span: SpanRecord) throws(StorageError) {
        let row = insertDetails
        row.bind(nextSequence)
        row.bind(Int64(bitPattern: span.spanID))
        row.bind(span.parentSpanID.map { Int64(bitPattern: $0) })
        // Pass-through paths hold ids of files and batches: as names they would only fill the table.
        if span.operation == .passthrough {
            row.bind(span.endpoint)
        } else {
            row.bind(try names.id(of: span.endpoint))
        }
        row.bind(try names.id(of: span.upstreamModel))
        row.bind(try id(of: span.responseModel))
        row.bind(try id(of: span.finishReason))
        row.bind(Int64(span.attempts))
        row.bind(span.timing.admittedAfter)
        row.bind(span.timing.connectedAfter)
        row.bind(span.timing.firstByteAfter)
    }

    private func bindUsage(_ usage: TokenUsage) {
        let row = insertDetails
        row.bind(usage.uncachedInput)
        row.bind(usage.cacheRead)
        row.bind(usage.cacheWrite5m)
        row.bind(usage.cacheWrite1h)
        row.bind(usage.audioInput)
        row.bind(usage.imageInput)
        row.bind(usage.outputText)
        row.bind(usage.reasoning)
        row.bind(usage.audioOutput)
        row.bind(usage.serverToolCalls)
    }

    private func bindRest(_ span: SpanRecord) throws(StorageError) {
        let row = insertDetails
        row.bind(try names.id(of: span.usageSource.rawValue))
        row.bind(try id(of: span.receipt?.priceVersion))
        row.bind(try id(of: span.receipt?.source))
        row.bind(span.truncated)
        row.bind(span.inputPreview)
        row.bind(span.outputPreview)
        row.bind(span.errorMessage)
        row.bind(SpanBlobs.encode(span.metadata))
        row.bind(span.receipt.map { SpanBlobs.encode($0.lines) })
        row.bind(SpanBlobs.encode(span.input))
        row.bind(SpanBlobs.encode(span.output))
        row.bind(try id(of: span.organisation))
        row.bind(span.cacheSource)
        row.bind(SpanBlobs.encode(span.charges))
        row.bind(SpanBlobs.encode(span.parameterChanges))
        row.bind(span.decision.isEmpty ? nil : span.decision)
    }

    private func id(of name: String?) throws(StorageError) -> Int64? {
        guard let name else { return nil }
        return try names.id(of: name)
    }
}

/// The stored numbers of the cache's verdicts. Never change one.
enum CacheCode {
    static func code(of verdict: CacheVerdict) -> Int64 {
        switch verdict {
        case .hit: 1
        case .semanticHit: 2
        case .coalesced: 3
        case .miss: 4
        case .bypass: 5
        case .refresh: 6
        }
    }

    static func verdict(of code: Int64) -> CacheVerdict? {
        CacheVerdict.allCases.first { Self.code(of: $0) == code }
    }
}

/// The stored numbers of outcomes; a partial index is built on `outcome <> 0`. Never change one.
enum OutcomeCode {
    static func code(of outcome: CallOutcome) -> Int64 {
        switch outcome {
        case .ok: 0
        case .error: 1
        case .cancelled: 2
        }
    }

    static func outcome(of code: Int64) -> CallOutcome? {
        CallOutcome.allCases.first { Self.code(of: $0) == code }
    }
}
