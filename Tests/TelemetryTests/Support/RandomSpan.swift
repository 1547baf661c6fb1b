import Vocabulary

extension SpanRecord {
    /// A span with something different in every field.
    static func random(using random: inout some RandomNumberGenerator) -> SpanRecord {
        var span = SpanRecord(
            id: .random(&random), project: .random(&random), environment: .random(&random), keyID: .random(&random))
        span.traceID = .maybe(&random) { .random(&$0) }
        span.spanID = random.next()
        span.parentSpanID = .maybe(&random) { $0.next() }
        span.operation = Operation.allCases.randomElement(using: &random) ?? .chat
        span.dialect = Dialect.allCases.randomElement(using: &random) ?? .openai
        span.endpoint = .random(&random)
        span.requestModel = .random(&random)
        span.provider = .random(&random)
        span.upstreamModel = .random(&random)
        span.responseModel = .maybe(&random) { .random(&$0) }
        span.streamed = .random(using: &random)
        span.user = .maybe(&random) { .random(&$0) }
        span.session = .maybe(&random) { .random(&$0) }
        span.feature = .maybe(&random) { .random(&$0) }
        span.tags = (0..<Int.random(in: 0...4, using: &random)).map { _ in .random(&random) }
        span.metadata = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            MetadataPair(key: .random(&random), value: .random(&random))
        }
        span.outcome = CallOutcome.allCases.randomElement(using: &random) ?? .ok
        span.httpStatus = Int(Int64.wide(&random))
        span.errorCode = .maybe(&random) { .random(&$0) }
        span.errorMessage = .maybe(&random) { .random(&$0) }
        span.finishReason = .maybe(&random) { .random(&$0) }
        span.attempts = Int.random(in: 0...9, using: &random)
        span.timing = .random(&random)
        span.usage = .random(&random)
        span.usageSource = UsageSource.allCases.randomElement(using: &random) ?? .none
        span.receipt = .maybe(&random) { .random(&$0) }
        span.inputPreview = .random(&random)
        span.outputPreview = .random(&random)
        span.input = .random(&random)
        span.output = .random(&random)
        span.truncated = .random(using: &random)
        span.serve(using: &random)
        return span
    }

    /// Fills in what version 2 of the journal added.
    private mutating func serve(using random: inout some RandomNumberGenerator) {
        organisation = .maybe(&random) { .random(&$0) }
        team = .maybe(&random) { .random(&$0) }
        customer = .maybe(&random) { .random(&$0) }
        route = .maybe(&random) { .random(&$0) }
        fallbackIndex = Int(Int64.wide(&random))
        decision = (0..<Int.random(in: 0...60, using: &random)).map { _ in .random(in: 0...255, using: &random) }
        parameterChanges = ParameterChange.Action.allCases.filter { _ in .random(using: &random) }.map {
            ParameterChange(.random(&random), $0, .random(&random))
        }
        cache = .maybe(&random) { CacheVerdict.allCases.randomElement(using: &$0) ?? .hit }
        cacheSource = .maybe(&random) { .random(&$0) }
        savedCost = .maybe(&random) { Money(nanodollars: .wide(&$0)) }
        charges = (0..<Int.random(in: 0...3, using: &random)).map { _ in .random(&random) }
    }
}

extension LedgerCharge {
    fileprivate static func random(_ random: inout some RandomNumberGenerator) -> LedgerCharge {
        LedgerCharge(
            subject: Subject(SubjectKind.allCases.randomElement(using: &random) ?? .key, .random(&random)),
            rule: .random(&random), windowStart: .wide(&random), amount: .wide(&random), before: .wide(&random),
            limit: .wide(&random), unit: MeteredUnit.allCases.randomElement(using: &random) ?? .money,
            mode: RuleMode.allCases.randomElement(using: &random) ?? .hard)
    }
}

extension Optional {
    fileprivate static func maybe<R: RandomNumberGenerator>(_ random: inout R, _ make: (inout R) -> Wrapped) -> Self {
        Bool.random(using: &random) ? make(&random) : nil
    }
}

extension Int64 {
    /// Small numbers and extreme ones alike.
    fileprivate static func wide(_ random: inout some RandomNumberGenerator) -> Int64 {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: .min
        case 1: .max
        case 2: 0
        case 3: -1
        default: Int64(truncatingIfNeeded: random.next()) >> Int64.random(in: 0..<64, using: &random)
        }
    }
}

extension String {
    fileprivate static func random(_ random: inout some RandomNumberGenerator) -> String {
        let alphabet: [Character] = ["a", "Z", "0", " ", "\0", "\n", "\"", "é", "漢", "👩‍👩‍👧", "\u{202E}"]
        let length = Int.random(in: 0...40, using: &random)
        return String((0..<length).map { _ in alphabet.randomElement(using: &random) ?? "x" })
    }
}

extension ID128 {
    fileprivate static func random(_ random: inout some RandomNumberGenerator) -> ID128 {
        ID128(high: random.next(), low: random.next())
    }
}

extension CallTiming {
    fileprivate static func random(_ random: inout some RandomNumberGenerator) -> CallTiming {
        var timing = CallTiming()
        timing.startedAt = .wide(&random)
        timing.admittedAfter = .wide(&random)
        timing.connectedAfter = .maybe(&random) { .wide(&$0) }
        timing.firstByteAfter = .maybe(&random) { .wide(&$0) }
        timing.firstTokenAfter = .maybe(&random) { .wide(&$0) }
        timing.endedAfter = .wide(&random)
        return timing
    }
}

extension TokenUsage {
    fileprivate static func random(_ random: inout some RandomNumberGenerator) -> TokenUsage {
        var usage = TokenUsage()
        usage.uncachedInput = .wide(&random)
        usage.cacheRead = .wide(&random)
        usage.cacheWrite5m = .wide(&random)
        usage.cacheWrite1h = .wide(&random)
        usage.audioInput = .wide(&random)
        usage.imageInput = .wide(&random)
        usage.outputText = .wide(&random)
        usage.reasoning = .wide(&random)
        usage.audioOutput = .wide(&random)
        usage.serverToolCalls = .wide(&random)
        return usage
    }
}

extension Receipt {
    fileprivate static func random(_ random: inout some RandomNumberGenerator) -> Receipt {
        let lines = PriceBucket.allCases.shuffled(using: &random).prefix(Int.random(in: 0...9, using: &random)).map {
            ReceiptLine(
                bucket: $0, quantity: .wide(&random), nanodollarsPerMillion: .wide(&random),
                amount: Money(nanodollars: .wide(&random)))
        }
        return Receipt(lines: lines, priceVersion: .random(&random), source: .random(&random))
    }
}

extension BodyManifest {
    fileprivate static func random(_ random: inout some RandomNumberGenerator) -> BodyManifest {
        let parts = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            Part(
                key: .random(&random), isList: .random(using: &random),
                hashes: (0..<Int.random(in: 0...5, using: &random)).map { _ in .random(&random) })
        }
        return BodyManifest(shell: .maybe(&random) { .random(&$0) }, parts: parts)
    }
}
