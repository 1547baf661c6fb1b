import Access
import Bytes
import Catalog
import Gateway
import Logging
import NIOCore
import NIOHTTP1
import Providers
import Telemetry
import Upstream
import Vocabulary

// How a call becomes a record.

extension Call {
    /// Writes the record to the journal. Returns false where that failed: the answer must then not be completed, since
    /// an answered request is never lost.
    func settle() -> Bool {
        guard let exchange, let principal, let planned = plannedCall else { return true }
        let observed = answer.finish()
        var span = identity(principal)
        describe(planned, &span)
        describe(exchange, observed, &span)
        price(planned, observed, exchange, &span)
        count(span)
        note(planned.provider.name, exchange)
        return write(span, observed)
    }

    /// Remembers whether the provider could be reached; a caller that left says nothing about it.
    private func note(_ provider: String, _ exchange: Exchange) {
        guard exchange.outcome != .cancelled, exchange.attempts > 0 else { return }
        let succeeded = exchange.hasAnswerBegun && exchange.status < 500
        loop.counters.reached[provider] = LoopCounters.Reach(at: loop.now(), succeeded: succeeded)
    }

    /// Records a request that was refused after its key was recognised.
    func recordRefusal(_ failure: GatewayFailure) -> Bool {
        guard let principal, exchange == nil, case .endpoint(let endpoint) = target else { return false }
        // Refusals wait for nothing, so they must not add to a journal that is full.
        guard !loop.backlog.isOverLimit else { return false }
        var span = identity(principal)
        span.operation = endpoint.operation
        span.dialect = endpoint.dialect
        span.requestModel = outline?.model ?? ""
        span.outcome = .error
        span.httpStatus = failure.status
        span.errorCode = failure.code.rawValue
        span.errorMessage = failure.message
        span.receipt = .free
        span.timing.startedAt = wallClock
        span.timing.endedAfter = Microseconds((loop.now() &- startedAt) / 1_000)
        count(span)
        return write(span, ObservedAnswer())
    }

    private func identity(_ principal: Principal) -> SpanRecord {
        var span = SpanRecord(
            id: id, project: principal.project, environment: caller.environment ?? principal.environment,
            keyID: principal.keyID
        )
        span.traceID = caller.trace?.traceID ?? id
        span.parentSpanID = caller.trace?.spanID
        span.spanID = loop.nextSpanID()
        span.endpoint = String(head.uri.prefix { $0 != "?" })
        span.metadata = caller.metadata + (outline?.metadata ?? [])
        span.user = caller.user ?? outline?.user ?? value("user_id", in: span)
        span.session = caller.session ?? value("session_id", in: span)
        span.feature = caller.feature ?? value("feature", in: span)
        span.tags = caller.tags
        return span
    }

    private func value(_ key: String, in span: SpanRecord) -> String? {
        span.metadata.first { $0.key == key }?.value
    }

    private func describe(_ planned: PlannedCall, _ span: inout SpanRecord) {
        span.operation = planned.operation
        span.dialect = planned.provider.dialect
        span.provider = planned.provider.name
        span.requestModel = planned.model
        span.upstreamModel = planned.upstreamModel
        span.streamed = answer.isStream || (answerHead == nil && outline?.streams == true)
    }

    private func describe(_ exchange: Exchange, _ observed: ObservedAnswer, _ span: inout SpanRecord) {
        span.timing = exchange.timing
        span.attempts = exchange.attempts
        span.outcome = exchange.outcome
        span.httpStatus = exchange.status
        span.responseModel = observed.responseModel
        span.finishReason = observed.finishReason
        span.truncated = observed.truncated
        if let failure = exchange.failure {
            span.errorCode = failure.code.rawValue
            span.errorMessage = failure.message
        } else if let error = observed.error {
            span.outcome = .error
            span.errorCode = error.code
            span.errorMessage = error.message
        } else if span.outcome == .error {
            span.errorCode = "http_\(span.httpStatus)"
        }
    }

    private func price(
        _ planned: PlannedCall, _ observed: ObservedAnswer, _ exchange: Exchange, _ span: inout SpanRecord
    ) {
        span.usage = observed.usage
        span.usageSource = observed.usageSource
        // A stream that broke, or a caller that left: the provider bills what it read, and nobody said how much.
        let isOpenEnded = observed.usageSource == .estimated
            || (observed.usageSource == .none && exchange.failure != nil && exchange.timing.connectedAfter != nil)
        if isOpenEnded, span.usage.totalInput == 0 {
            span.usage.uncachedInput = Int64((requestBody.readableBytes + 3) / 4)
            span.usageSource = .estimated
        }
        if planned.operation == .countTokens {
            span.receipt = .free
        } else if let model = planned.catalogModel {
            span.receipt = Pricing.receipt(
                for: span.usage, model: model, at: span.timing.startedAt,
                tier: PricePlan(serviceTier: observed.serviceTier ?? outline?.serviceTier)
            )
        }
    }

    private func count(_ span: SpanRecord) {
        loop.counters.calls += 1
        loop.counters.byStatusClass[min(5, max(0, span.httpStatus / 100))] += 1
        if span.outcome == .cancelled { loop.counters.cancelled += 1 }
    }

    private func write(_ span: SpanRecord, _ observed: ObservedAnswer) -> Bool {
        var span = span
        let limit = plan.limits.recordedBodyBytes
        let request = RecordedBody(requestBody, contentType: caller.contentType, limit: limit)
        let response: RecordedBody
        if let assembled = observed.assembled {
            response = RecordedBody(bytes: assembled)
        } else {
            response = RecordedBody(answer.body, contentType: answer.contentType, limit: limit)
        }
        span.truncated = span.truncated || request.isCut || response.isCut
        defer {
            requestBody = ByteBuffer()
            answer.release()
        }
        do throws(JournalError) {
            try record(span, request, response)
            return true
        } catch {
            journalFailed(error)
            return false
        }
    }

    private func record(
        _ span: SpanRecord, _ request: RecordedBody, _ response: RecordedBody
    ) throws(JournalError) {
        let result: Result<Void, JournalError> = request.withBytes { request in
            response.withBytes { response in
                do throws(JournalError) {
                    return .success(try loop.record(span, request: request, response: response))
                } catch {
                    return .failure(error)
                }
            }
        }
        try result.get()
    }

    /// Nothing of the answer's end has left yet, so the caller sees a broken connection and tries again.
    private func journalFailed(_ error: JournalError) {
        loop.counters.journalFailures += 1
        loop.logger.error("A call could not be recorded, so its answer was withheld", metadata: ["error": "\(error)"])
        upstream?.cancel()
        upstream = nil
        closesConnection = true
        client?.abort()
        finish()
    }
}

extension Receipt {
    /// For what no provider charges: refusals of ours, and counting tokens.
    fileprivate static let free = Receipt(lines: [], priceVersion: "free", source: "catalog")
}
