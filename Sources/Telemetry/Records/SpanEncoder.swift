import Vocabulary

/// A span as bytes, field after field in the order of `SpanRecord`, later versions' fields at the end; `SpanDecoder` is
/// the other half.
///
/// Enumerations are written by their raw values, which are stable names: a case that is added or moved changes nothing.
extension EntryBuffer {
    mutating func span(_ span: borrowing SpanRecord) {
        identity(span)
        request(span)
        outcome(span)
        timing(span.timing)
        usage(span.usage)
        string(span.usageSource.rawValue)
        receipt(span.receipt)
        string(span.inputPreview)
        string(span.outputPreview)
        manifest(span.input)
        manifest(span.output)
        flag(span.truncated)
        serving(span)
    }

    private mutating func identity(_ span: borrowing SpanRecord) {
        id(span.id)
        string(span.project)
        string(span.environment)
        string(span.keyID)
        flag(span.traceID != nil)
        if let trace = span.traceID { id(trace) }
        word64(span.spanID)
        flag(span.parentSpanID != nil)
        if let parent = span.parentSpanID { word64(parent) }
    }

    private mutating func request(_ span: borrowing SpanRecord) {
        string(span.operation.rawValue)
        string(span.dialect.rawValue)
        string(span.endpoint)
        string(span.requestModel)
        string(span.provider)
        string(span.upstreamModel)
        optional(span.responseModel)
        flag(span.streamed)
        optional(span.user)
        optional(span.session)
        optional(span.feature)
        unsigned(UInt64(span.tags.count))
        for tag in span.tags { string(tag) }
        unsigned(UInt64(span.metadata.count))
        for pair in span.metadata {
            string(pair.key)
            string(pair.value)
        }
    }

    private mutating func outcome(_ span: borrowing SpanRecord) {
        string(span.outcome.rawValue)
        signed(Int64(span.httpStatus))
        optional(span.errorCode)
        optional(span.errorMessage)
        optional(span.finishReason)
        signed(Int64(span.attempts))
    }

    private mutating func timing(_ timing: CallTiming) {
        signed(timing.startedAt)
        signed(timing.admittedAfter)
        optional(timing.connectedAfter)
        optional(timing.firstByteAfter)
        optional(timing.firstTokenAfter)
        signed(timing.endedAfter)
    }

    private mutating func usage(_ usage: TokenUsage) {
        signed(usage.uncachedInput)
        signed(usage.cacheRead)
        signed(usage.cacheWrite5m)
        signed(usage.cacheWrite1h)
        signed(usage.audioInput)
        signed(usage.imageInput)
        signed(usage.outputText)
        signed(usage.reasoning)
        signed(usage.audioOutput)
        signed(usage.serverToolCalls)
    }

    private mutating func receipt(_ receipt: Receipt?) {
        flag(receipt != nil)
        guard let receipt else { return }
        string(receipt.priceVersion)
        string(receipt.source)
        unsigned(UInt64(receipt.lines.count))
        for line in receipt.lines {
            string(line.bucket.rawValue)
            signed(line.quantity)
            signed(line.nanodollarsPerMillion)
            signed(line.amount.nanodollars)
        }
    }

    private mutating func manifest(_ manifest: BodyManifest) {
        flag(manifest.shell != nil)
        if let shell = manifest.shell { id(shell) }
        unsigned(UInt64(manifest.parts.count))
        for part in manifest.parts {
            string(part.key)
            flag(part.isList)
            unsigned(UInt64(part.hashes.count))
            for hash in part.hashes { id(hash) }
        }
    }

    mutating func id(_ id: ID128) {
        word64(id.high)
        word64(id.low)
    }
}
