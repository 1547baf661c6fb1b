import Storage
import Vocabulary

/// Spans as a busy gateway would make them, repeatable by seed: one model, a few users, one message of 200 bytes
/// that is new and one that is shared by all.
struct SampleTraffic {
    /// Different users among the spans.
    var users = 3
    /// Microseconds between two spans.
    var step: Int64 = 100
    /// When the next span starts, microseconds since the epoch.
    var now: Int64 = 1_790_000_000_000_000
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private mutating func random() -> UInt64 {
        // SplitMix64 (Steele, Lea, Flood 2014).
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A UUIDv7 of the moment.
    private mutating func id() -> ID128 {
        let high = UInt64(now / 1_000) << 16 | 0x7000 | random() & 0xFFF
        return ID128(high: high, low: random() >> 2 | 1 << 63)
    }

    private mutating func hash() -> ID128 { ID128(high: random(), low: random()) }

    /// `count` spans and their bodies, in the order of their ids but for a few milliseconds.
    mutating func batch(_ count: Int, segment: String = "0001") -> EventBatch {
        var batch = EventBatch()
        batch.spans.reserveCapacity(count)
        for _ in 0..<count { add(to: &batch) }
        batch.journalPositions = [segment: UInt64(now)]
        return batch
    }

    private mutating func add(to batch: inout EventBatch) {
        now += step
        var span = SpanRecord(id: id(), project: "default", environment: "production", keyID: "key_0192a7c4b1")
        let message = hash()
        let shared = ID128(high: 1, low: 1)
        let shell = ID128(high: 2, low: 2)
        fillCall(&span)
        fillOutcome(&span)
        span.inputPreview = "What would a railway signal box do with number \(random() % 1_000_000)?"
        span.outputPreview = "It would stop every train that is not safe, and let the others pass."
        span.input = BodyManifest(
            shell: shell, parts: [.init(key: "messages", isList: true, hashes: [shared, message])])
        span.output = BodyManifest(shell: shell, parts: [.init(key: "choices", isList: true, hashes: [shared])])
        batch.spans.append(span)
        let filler = UInt8(ascii: "a") + UInt8(random() % 26)
        for (hash, bytes) in [(message, 200), (shared, 200), (shell, 90)] {
            batch.contents.append(
                ContentPiece(hash: hash, project: "default", bytes: [UInt8](repeating: filler, count: bytes)))
        }
    }

    private mutating func fillCall(_ span: inout SpanRecord) {
        span.spanID = random()
        span.traceID = hash()
        span.endpoint = "/v1/chat/completions"
        span.requestModel = "gpt-4o-mini"
        span.provider = "openai"
        span.upstreamModel = "gpt-4o-mini"
        span.responseModel = "gpt-4o-mini-2024-07-18"
        span.user = "user-\(random() % UInt64(users))"
        span.attempts = 1
    }

    private mutating func fillOutcome(_ span: inout SpanRecord) {
        span.timing.startedAt = now
        span.timing.admittedAfter = Int64(random() % 100)
        span.timing.connectedAfter = 120
        span.timing.firstByteAfter = 2_000 + Int64(random() % 100_000)
        span.timing.endedAfter = 3_000 + Int64(random() % 2_000_000)
        span.httpStatus = 200
        span.finishReason = "stop"
        if random() % 50 == 0 {
            span.outcome = .error
            span.httpStatus = 504
            span.errorCode = "upstream_timeout"
            span.errorMessage = "the provider did not answer within 60 s"
        }
        span.usage.uncachedInput = Int64(random() % 4_000)
        span.usage.outputText = Int64(random() % 800)
        span.usageSource = .reported
        span.receipt = Receipt(
            lines: [
                line(.uncachedInput, span.usage.uncachedInput, 150_000_000),
                line(.outputText, span.usage.outputText, 600_000_000),
            ], priceVersion: "openai/gpt-4o-mini@2026-11-01", source: "catalog")
    }

    private func line(_ bucket: PriceBucket, _ quantity: Int64, _ price: Int64) -> ReceiptLine {
        let amount = Money(nanodollars: quantity * price / 1_000_000)
        return ReceiptLine(bucket: bucket, quantity: quantity, nanodollarsPerMillion: price, amount: amount)
    }
}
