import Catalog
import ControlAPI
import Storage
import Vocabulary

/// Values with every field set, so that every branch of the answers is written.
enum Fixtures {
    static let start: UnixMicroseconds = 1_799_999_000_000_000

    static func id(_ number: UInt64) -> RequestID {
        RequestID(high: 0x0192_0000_0000_7000 + number << 16, low: 0x8000_0000_0000_0000)
    }

    /// A plain call.
    static func span(_ number: UInt64 = 1, project: String = "default") -> SpanRecord {
        var span = SpanRecord(id: id(number), project: project, environment: "dev", keyID: "key_1")
        span.requestModel = "gpt-4o-mini"
        span.provider = "up"
        span.upstreamModel = "gpt-4o-mini"
        span.endpoint = "/v1/chat/completions"
        span.httpStatus = 200
        span.attempts = 1
        span.spanID = 0xABC
        span.timing.startedAt = start + Int64(number)
        span.timing.endedAfter = 1_234_560
        return span
    }

    /// A call with everything on it.
    static func fullSpan(_ number: UInt64 = 1) -> SpanRecord {
        var span = span(number)
        span.traceID = TraceID(high: 1, low: 2)
        span.parentSpanID = 7
        span.responseModel = "gpt-4o-mini-2024-07-18"
        span.streamed = true
        span.user = "ada"
        span.session = "s-1"
        span.feature = "search"
        span.tags = ["a", "b"]
        span.metadata = [MetadataPair(key: "k", value: "v"), MetadataPair(key: "k", value: "twice")]
        span.outcome = .error
        span.errorCode = "upstream_reset"
        span.errorMessage = "The provider closed the connection."
        span.finishReason = "stop"
        span.timing.connectedAfter = 100
        span.timing.firstByteAfter = 20_050
        span.timing.firstTokenAfter = 20_500
        span.usage.uncachedInput = 10
        span.usage.cacheRead = 5
        span.usage.outputText = 20
        span.usageSource = .reported
        span.receipt = receipt
        serve(&span)
        span.inputPreview = "<script>alert(1)</script>"
        span.outputPreview = "line\nline \u{1F686}"
        return span
    }

    private static func serve(_ span: inout SpanRecord) {
        span.organisation = "default"
        span.team = "search"
        span.customer = "acme"
        span.route = "fast"
        span.fallbackIndex = 1
        span.cache = .semanticHit
        span.cacheSource = id(9)
        span.savedCost = Money(nanodollars: 1_500)
        span.decision = Array(#"{"candidates":["up"]}"#.utf8)
        span.parameterChanges = [ParameterChange("logit_bias", .dropped, "not known there")]
        span.charges = [
            LedgerCharge(
                subject: Subject(.team, "search"), rule: "monthly/money/month",
                windowStart: 1_798_761_600_000_000, amount: 1_500, before: 10, limit: 1_000_000, unit: .money,
                mode: .hard)
        ]
    }

    static let receipt = Receipt(
        lines: [
            ReceiptLine(
                bucket: .uncachedInput, quantity: 10, nanodollarsPerMillion: 150_000_000,
                amount: Money(nanodollars: 1_500)
            )
        ], priceVersion: "openai/gpt-4o-mini@2026-11-01", source: "catalog"
    )

    static let models: [ModelListing] = {
        var prices = BucketPrices()
        prices[.uncachedInput] = 150_000_000
        prices[.outputText] = 600_000_000
        let row = PriceRow(
            version: "2026-11-01", effectiveFrom: start, source: .catalog, sourceURL: "https://example.com/prices",
            checkedOn: "2026-11-01", evidence: .confirmed,
            tiers: [
                PriceTier(plan: .standard, aboveInputTokens: 0, prices: prices),
                PriceTier(plan: .batch, aboveInputTokens: 0, prices: prices),
            ]
        )
        return [
            ModelListing(
                name: "gpt-4o-mini", provider: "up", dialect: .openai, upstreamModel: "gpt-4o-mini", price: row,
                contextWindow: 128_000, maximumOutputTokens: 16_384, capabilities: ["tools", "vision"],
                trainsOnInputs: false, region: "us"
            ),
            ModelListing(
                name: "claude", provider: "claude", dialect: .anthropic, upstreamModel: "claude-3-5-haiku-latest"),
            ModelListing(
                name: "claude", provider: "backup", dialect: .anthropic, upstreamModel: "claude-3-5-haiku-latest"),
        ]
    }()

    static func status(_ store: EventStoreStatistics) -> SystemStatus {
        SystemStatus(
            version: "0.1.0", startedAt: start, uptimeSeconds: 1_000, environment: "dev", store: store,
            journal: JournalStatus(backlogBytes: 10, limitBytes: 1 << 28, segments: 1), openRequests: 2,
            providers: [
                ProviderStatus(name: "up", dialect: .openai, baseURL: "http://127.0.0.1:9001/v1", healthy: true),
                ProviderStatus(name: "claude", dialect: .anthropic, baseURL: "http://127.0.0.1:9001", healthy: nil),
            ]
        )
    }

    static let metrics = [
        MetricFamily(
            name: "signalbox_requests_total", help: "Calls by model.\nAll of them: a\\b.", kind: .counter,
            samples: [
                MetricSample(.integer(3), labels: [MetricLabel("model", "a\"b\\c\nd"), MetricLabel("status", "ok")])
            ]
        ),
        MetricFamily(
            name: "signalbox_duration_seconds", help: "Durations.", kind: .histogram,
            samples: [
                MetricSample(.integer(2), labels: [MetricLabel("le", "+Inf")], suffix: "_bucket"),
                MetricSample(.double(0.5), suffix: "_sum"), MetricSample(.double(.infinity), suffix: "_count"),
            ]
        ),
    ]

    static var seriesGroup: SeriesGroup {
        var values = RollupValues(fullSpan())
        values.add(RollupValues(span(2)))
        return SeriesGroup(value: "gpt-4o-mini", totals: values, points: [SeriesPoint(at: start, values: values)])
    }
}
