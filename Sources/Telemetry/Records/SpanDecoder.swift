import Vocabulary

/// A span from the bytes that `EntryBuffer.span` of this or an older version wrote.
extension ByteReader {
    mutating func span(version: UInt8) throws(RecordDecodingError) -> SpanRecord {
        var span = SpanRecord(id: try id(), project: try string(), environment: try string(), keyID: try string())
        if try flag() { span.traceID = try id() }
        span.spanID = try word64()
        if try flag() { span.parentSpanID = try word64() }
        try request(&span)
        try outcome(&span)
        span.timing = try timing()
        span.usage = try usage()
        span.usageSource = try name(UsageSource.self)
        span.receipt = try receipt()
        span.inputPreview = try string()
        span.outputPreview = try string()
        span.input = try manifest()
        span.output = try manifest()
        span.truncated = try flag()
        if version >= 2 { try serving(&span) }
        return span
    }

    private mutating func request(_ span: inout SpanRecord) throws(RecordDecodingError) {
        span.operation = try name(Operation.self)
        span.dialect = try name(Dialect.self)
        span.endpoint = try string()
        span.requestModel = try string()
        span.provider = try string()
        span.upstreamModel = try string()
        span.responseModel = try optionalString()
        span.streamed = try flag()
        span.user = try optionalString()
        span.session = try optionalString()
        span.feature = try optionalString()
        for _ in 0..<(try count(bytesEach: 1)) { span.tags.append(try string()) }
        for _ in 0..<(try count(bytesEach: 2)) {
            span.metadata.append(MetadataPair(key: try string(), value: try string()))
        }
    }

    private mutating func outcome(_ span: inout SpanRecord) throws(RecordDecodingError) {
        span.outcome = try name(CallOutcome.self)
        span.httpStatus = Int(try signed())
        span.errorCode = try optionalString()
        span.errorMessage = try optionalString()
        span.finishReason = try optionalString()
        span.attempts = Int(try signed())
    }

    private mutating func timing() throws(RecordDecodingError) -> CallTiming {
        var timing = CallTiming()
        timing.startedAt = try signed()
        timing.admittedAfter = try signed()
        timing.connectedAfter = try optionalSigned()
        timing.firstByteAfter = try optionalSigned()
        timing.firstTokenAfter = try optionalSigned()
        timing.endedAfter = try signed()
        return timing
    }

    private mutating func usage() throws(RecordDecodingError) -> TokenUsage {
        var usage = TokenUsage()
        usage.uncachedInput = try signed()
        usage.cacheRead = try signed()
        usage.cacheWrite5m = try signed()
        usage.cacheWrite1h = try signed()
        usage.audioInput = try signed()
        usage.imageInput = try signed()
        usage.outputText = try signed()
        usage.reasoning = try signed()
        usage.audioOutput = try signed()
        usage.serverToolCalls = try signed()
        return usage
    }

    private mutating func receipt() throws(RecordDecodingError) -> Receipt? {
        guard try flag() else { return nil }
        var receipt = Receipt(lines: [], priceVersion: try string(), source: try string())
        for _ in 0..<(try count(bytesEach: 4)) {
            let bucket = try name(PriceBucket.self)
            receipt.lines.append(
                ReceiptLine(
                    bucket: bucket, quantity: try signed(), nanodollarsPerMillion: try signed(),
                    amount: Money(nanodollars: try signed())))
        }
        return receipt
    }

    private mutating func manifest() throws(RecordDecodingError) -> BodyManifest {
        var manifest = BodyManifest()
        if try flag() { manifest.shell = try id() }
        for _ in 0..<(try count(bytesEach: 3)) {
            var part = BodyManifest.Part(key: try string(), isList: try flag(), hashes: [])
            for _ in 0..<(try count(bytesEach: 16)) { part.hashes.append(try id()) }
            manifest.parts.append(part)
        }
        return manifest
    }

    mutating func id() throws(RecordDecodingError) -> ID128 {
        ID128(high: try word64(), low: try word64())
    }
}
