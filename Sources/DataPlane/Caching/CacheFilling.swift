import Caching
import Gateway
import NIOCore
import NIOHTTP1
import Providers
import Routing
import Runtime
import Vocabulary

// When a call is settled: what the record says of the cache, and whether its answer is kept.

extension Call {
    /// What a stored answer says of itself, for the record. The tokens are those of the call that it was the answer to.
    var observedFromCache: ObservedAnswer? {
        guard let stored = caching?.served else { return nil }
        var observed = ObservedAnswer()
        observed.responseModel = stored.responseModel
        observed.finishReason = stored.finishReason
        observed.assembled = stored.body
        return observed
    }

    /// Writes the verdict into the record, keeps a good answer, and counts.
    func settleCaching(_ span: inout SpanRecord, _ observed: ObservedAnswer, _ exchange: Exchange) {
        span.cache = caching?.verdict ?? cacheVerdict
        guard let caching else { return }
        if let served = caching.served {
            span.cacheSource = served.source
            span.savedCost = served.cost
            span.provider = served.provider
            span.upstreamModel = served.upstreamModel
            sample(served, caching)
        } else {
            fill(caching, span, observed, exchange)
        }
        guard let verdict = span.cache else { return }
        caching.cache.count(verdict, in: caching.scope, saved: span.savedCost)
    }

    // MARK: Keeping

    private func fill(
        _ caching: CallCaching, _ span: SpanRecord, _ observed: ObservedAnswer, _ exchange: Exchange
    ) {
        let stores = caching.rules?.stores == true && preferences?.omitsAnswerText != true
        var leader: Coalescer.Ticket?
        if case .leads(let ticket) = caching.sharing { leader = ticket }
        guard stores || leader != nil, let answer = storable(caching, span, observed, exchange) else { return }
        if stores, let rules = caching.rules {
            caching.cache.store(answer, under: caching.key, in: caching.scope, rules: rules)
            if let said = caching.said, let vector = said.vector {
                caching.cache.semantic.insert(
                    vector, for: caching.key, text: said.text, in: said.family, of: caching.scope
                )
            }
        }
        guard let leader else { return }
        self.caching?.sharing = .none
        caching.cache.coalescer.finish(leader, answer)
    }

    /// The answer, if it is whole, good, one target's, and short enough; otherwise `nil`.
    private func storable(
        _ caching: CallCaching, _ span: SpanRecord, _ observed: ObservedAnswer, _ exchange: Exchange
    ) -> StoredAnswer? {
        guard span.httpStatus == 200 || span.outcome == .cancelled, observed.error == nil, !observed.truncated,
            !exchange.wasContinued, isComplete(span, observed), let found = lead?.relay.whole(observed)
        else { return nil }
        guard !found.body.isEmpty, found.body.count <= plan.limits.recordedBodyBytes else { return nil }
        let now = loop.time.now()
        var answer = StoredAnswer(
            body: found.body, format: callPlan?.format, source: id, storedAt: now,
            expiresAt: now + (caching.rules?.ttlSeconds ?? 0) * 1_000_000
        )
        answer.isAssembled = found.isAssembled
        answer.responseModel = observed.responseModel
        answer.finishReason = observed.finishReason
        answer.provider = span.provider
        answer.upstreamModel = span.upstreamModel
        answer.usage = span.usage
        answer.cost = span.receipt?.total
        return answer
    }

    /// A conversation's answer says why it ended; one that broke off does not.
    private func isComplete(_ span: SpanRecord, _ observed: ObservedAnswer) -> Bool {
        guard callPlan?.format != nil else { return span.outcome == .ok }
        guard let reason = observed.finishReason, !Self.unfit.contains(reason.lowercased()) else { return false }
        // A caller that left changes nothing about an answer that came to its end.
        return span.outcome != .error
    }

    /// Reasons for an end after which nothing is kept: the next try may go better.
    private static let unfit: Set<String> = [
        "error", "failed", "cancelled", "in_progress", "queued", "content_filter", "contentfilter", "other",
        "malformed_function_call", "finish_reason_unspecified", "safety", "recitation", "blocklist",
        "prohibited_content", "spii", "pause_turn",
    ]

    // MARK: Watching

    /// Has some of the semantic hits asked again and judged.
    private func sample(_ served: StoredAnswer, _ caching: CallCaching) {
        guard caching.verdict == .semanticHit, let said = caching.said, let threshold = caching.threshold,
            let verify = loop.caching?.verify, caching.cache.samples(caching.scope, random: loop.nextRandom())
        else { return }
        verify(
            SampledHit(
                scope: caching.scope, uri: head.uri, body: Array(buffer: requestBody), question: said.text,
                answer: served, threshold: threshold
            )
        )
    }
}
