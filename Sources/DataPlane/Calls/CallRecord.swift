import Access
import Bytes
import Catalog
import Gateway
import Ledger
import Logging
import NIOCore
import NIOHTTP1
import Providers
import Routing
import Runtime
import Telemetry
import Vocabulary

// How a call becomes a record.

extension Call {
    /// Writes the record to the journal. Returns false where that failed: the answer must then not be completed, since
    /// an answered request is never lost.
    func settle() -> Bool {
        guard let exchange, let principal, let callPlan else { return true }
        let observed = lead?.relay.finish() ?? observedFromCache ?? ObservedAnswer()
        var span = identity(principal)
        describe(callPlan, exchange, &span)
        describe(exchange, observed, &span)
        price(callPlan, observed, exchange, &span)
        settleCaching(&span, observed, exchange)
        charge(exchange, &span)
        count(span)
        note(span.provider, exchange)
        return write(span, observed)
    }

    /// Charges what was consumed to every budget that the call counts for; gives everything back where nothing was.
    private func charge(_ exchange: Exchange, _ span: inout SpanRecord) {
        guard !reservation.isNothing else { return }
        // An answer from the cache costs nothing, but counts as a request.
        let isServed = caching?.served != nil
        guard exchange.attempts > 0 || span.usage.total > 0 || isServed else { return releaseReservation() }
        span.charges = plan.ledger.settle(
            reservation, money: span.receipt?.total ?? .zero, tokens: span.usage.total, at: loop.time.now()
        )
        reservation = .nothing
    }

    /// Gives back what is still reserved: the call came to nothing.
    func releaseReservation() {
        guard !reservation.isNothing else { return }
        plan.ledger.release(reservation)
        reservation = .nothing
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
        span.decision = DecisionRecord.write(self, nil)
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
        span.tags = caller.tags + principal.tags.filter { !caller.tags.contains($0) }
        span.organisation = principal.organisation
        span.team = principal.team
        span.customer = customerID
        if let preferences { enrich(&span, preferences) }
        return span
    }

    /// What a rival's headers and members say about the call.
    private func enrich(_ span: inout SpanRecord, _ preferences: RoutePreferences) {
        span.user = span.user ?? preferences.user
        span.session = span.session ?? preferences.session
        span.tags += preferences.tags.filter { !span.tags.contains($0) }
        span.metadata += preferences.metadata
    }

    private func value(_ key: String, in span: SpanRecord) -> String? {
        span.metadata.first { $0.key == key }?.value
    }

    private func describe(_ callPlan: CallPlan, _ exchange: Exchange, _ span: inout SpanRecord) {
        let target = lead?.target ?? callPlan.targets.first
        span.operation = callPlan.operation
        span.dialect = dialect
        span.provider = target?.provider.name ?? ""
        span.requestModel = callPlan.model
        span.upstreamModel = target?.upstreamModel ?? ""
        span.route = callPlan.decision == nil ? nil : callPlan.route
        span.fallbackIndex = exchange.lead?.target ?? 0
        span.parameterChanges = changes
        span.streamed = lead?.relay.isStream == true || (lead?.head == nil && outline?.streams == true)
        if DecisionRecord.isWorthIt(self, exchange) { span.decision = DecisionRecord.write(self, exchange) }
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
        _ callPlan: CallPlan, _ observed: ObservedAnswer, _ exchange: Exchange, _ span: inout SpanRecord
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
        if callPlan.operation == .countTokens {
            span.receipt = .free
        } else if let model = lead?.target.catalogModel ?? callPlan.targets.first?.catalogModel {
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
            response = RecordedBody(
                lead?.relay.body ?? ByteBuffer(), contentType: lead?.relay.contentType, limit: limit
            )
        }
        span.truncated = span.truncated || request.isCut || response.isCut
        defer {
            requestBody = ByteBuffer()
            lead?.relay.release()
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
        lead?.cancel(.cancelled)
        closesConnection = true
        client?.abort()
        finish()
    }
}

extension Receipt {
    /// For what no provider charges: refusals of ours, and counting tokens.
    fileprivate static let free = Receipt(lines: [], priceVersion: "free", source: "catalog")
}
