package import Vocabulary

/// Random spans, repeatable by seed, in which every field takes more than one value.
package struct SampleSpans {
    private var state: UInt64
    /// The start of the next span, microseconds since the epoch.
    package var now: UnixMicroseconds

    package init(seed: UInt64, from: UnixMicroseconds = 1_790_000_000_000_000) {
        state = seed
        now = from
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    package mutating func random() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(random() % UInt64(bound)) }

    mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

    /// One of `prefix-0` ... `prefix-(count - 1)`, or nothing, each as likely.
    mutating func name(_ prefix: String, of count: Int) -> String? {
        let number = below(count + 1)
        return number == count ? nil : "\(prefix)-\(number)"
    }

    /// A content hash that was not given before.
    package mutating func hash() -> ContentHash { ContentHash(high: random(), low: random()) }

    /// The next span, up to `gap` microseconds after the last one; half of them within the same millisecond or two.
    package mutating func span(project: ProjectID = "p1", gap: Microseconds = 40_000_000) -> SpanRecord {
        now += Int64(random() % UInt64(below(2) == 0 ? 800 : gap)) + 1
        let id = RequestID(
            high: UInt64(now / 1_000) << 16 | 0x7000 | random() & 0xFFF, low: random() >> 2 | 1 << 63)
        var span = SpanRecord(
            id: id, project: project, environment: pick(["production", "staging"]), keyID: pick(["key_a", "key_b"]))
        fillRequest(&span)
        fillOutcome(&span)
        fillTiming(&span)
        fillUsage(&span)
        fillBodies(&span)
        fillServing(&span)
        return span
    }

    private mutating func fillRequest(_ span: inout SpanRecord) {
        span.traceID = below(3) == 0 ? nil : TraceID(high: 7, low: random() % 9)
        span.spanID = random()
        span.parentSpanID = below(2) == 0 ? nil : random()
        span.operation = pick(Operation.allCases)
        span.dialect = pick(Dialect.allCases)
        span.endpoint = pick(["/v1/chat/completions", "/pass/up/files/\(random())"])
        span.requestModel = pick(["gpt-4o-mini", "claude-haiku", "größer 🚂"])
        span.provider = pick(["up", "claude"])
        span.upstreamModel = pick(["gpt-4o-mini", "claude-3-5-haiku-latest"])
        span.responseModel = name("answered", of: 2)
        span.streamed = below(2) == 0
        span.user = name("user", of: 4)
        span.session = name("session", of: 6)
        span.feature = name("feature", of: 2)
        span.tags = pick([[], ["beta"], ["beta", "a,b"], ["", "x\u{1F}y", "beta", "beta"], ["bet"]])
        span.metadata = pick([[], [MetadataPair(key: "k", value: ""), MetadataPair(key: "k", value: "\u{0}\n")]])
    }

    private mutating func fillOutcome(_ span: inout SpanRecord) {
        span.outcome = pick([.ok, .ok, .ok, .error, .cancelled])
        span.httpStatus = span.outcome == .ok ? 200 : pick([429, 499, 504])
        span.errorCode = span.outcome == .ok ? nil : name("upstream_failure", of: 2)
        span.errorMessage = span.errorCode.map { "it was \($0)" }
        span.finishReason = pick([nil, "stop", "length"])
        span.attempts = below(4)
        span.truncated = below(5) == 0
    }

    private mutating func fillTiming(_ span: inout SpanRecord) {
        span.timing.startedAt = now
        span.timing.admittedAfter = Int64(below(300))
        span.timing.connectedAfter = below(2) == 0 ? nil : Int64(below(9_000))
        span.timing.firstByteAfter = below(2) == 0 ? nil : Int64(below(900_000))
        span.timing.firstTokenAfter = span.streamed ? Int64(below(2_000_000)) : nil
        span.timing.endedAfter = Int64(below(60_000_000))
    }

    private mutating func fillUsage(_ span: inout SpanRecord) {
        span.usage.uncachedInput = Int64(below(4_000))
        span.usage.cacheRead = Int64(below(4_000))
        span.usage.cacheWrite5m = Int64(below(50))
        span.usage.cacheWrite1h = Int64(below(50))
        span.usage.audioInput = Int64(below(50))
        span.usage.imageInput = Int64(below(50))
        span.usage.outputText = Int64(below(900))
        span.usage.reasoning = Int64(below(900))
        span.usage.audioOutput = Int64(below(50))
        span.usage.serverToolCalls = Int64(below(3))
        span.usageSource = pick(UsageSource.allCases)
        guard below(4) > 0 else { return }
        let lines = PriceBucket.allCases.prefix(below(4)).map { bucket in
            ReceiptLine(
                bucket: bucket, quantity: Int64(below(4_000)), nanodollarsPerMillion: Int64(below(1_000_000_000)),
                amount: Money(nanodollars: Int64(below(3_000_000)) - 1_000))
        }
        span.receipt = Receipt(
            lines: Array(lines), priceVersion: pick(["a/b@2026-11-01", "a/b@2026-11-02"]),
            source: pick(["catalog", "override"]))
    }

    private mutating func fillBodies(_ span: inout SpanRecord) {
        span.inputPreview = pick(["", "What is the price of \"ice\"?", "<b>häß</b>"])
        span.outputPreview = pick(["", "Two dollars.\n"])
        guard below(3) > 0 else { return }
        let list = (0..<below(20)).map { _ in hash() }
        let messages = BodyManifest.Part(key: "messages", isList: true, hashes: list)
        let tools = BodyManifest.Part(key: "tools", isList: false, hashes: [hash()])
        let choices = BodyManifest.Part(key: "choices", isList: true, hashes: [])
        span.input = BodyManifest(shell: hash(), parts: [messages, tools])
        span.output = BodyManifest(shell: below(2) == 0 ? nil : hash(), parts: [choices])
    }
}
