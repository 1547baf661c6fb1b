import Bytes
import Gateway
import Ledger
import Routing
import Vocabulary

/// Why a call went where it went, as compact JSON for its record.
enum DecisionRecord {
    /// A plain call to its only target, that went well, has nothing to explain.
    static func isWorthIt(_ call: Call, _ exchange: Exchange) -> Bool {
        call.callPlan?.decision != nil || !exchange.failedAttempts.isEmpty || !call.notices.isEmpty
            || exchange.attempts > 1
    }

    /// - Parameter exchange: `nil` for a call that was refused before its first attempt.
    static func write(_ call: Call, _ exchange: Exchange?) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        if let decision = call.callPlan?.decision {
            writer.key("routing")
            decision.write(to: &writer)
        }
        if let exchange { write(exchange, call, to: &writer) }
        if !call.notices.isEmpty {
            writer.key("notices")
            writer.beginArray()
            for breach in call.notices { write(breach, to: &writer) }
            writer.endArray()
        }
        writer.endObject()
        return writer.bytes.count <= SpanRecord.maximumDecisionBytes ? writer.bytes : []
    }

    private static func write(_ exchange: Exchange, _ call: Call, to writer: inout JSONWriter) {
        writer.key("attempts")
        writer.beginArray()
        for attempt in exchange.failedAttempts { write(attempt, call, to: &writer) }
        writer.endArray()
        if let lead = call.lead, exchange.hasAnswerBegun {
            writer.key("answered_by")
            writer.string("\(lead.target.provider.name)/\(lead.target.upstreamModel)")
        }
        if exchange.wasContinued {
            writer.key("continued")
            writer.bool(true)
        }
    }

    private static func write(_ attempt: AttemptTrace, _ call: Call, to writer: inout JSONWriter) {
        let target = call.callPlan.map { $0.targets[attempt.target] }
        writer.beginObject()
        writer.key("target")
        writer.string(target.map { "\($0.provider.name)/\($0.upstreamModel)" } ?? "")
        writer.key("started_us")
        writer.int(attempt.startedAfter)
        writer.key("ended_us")
        writer.int(attempt.endedAfter)
        writer.key("error")
        writer.string(attempt.cause.code)
        if case .refused(let refusal) = attempt.cause, !refusal.message.isEmpty {
            writer.key("message")
            writer.string(String(refusal.message.prefix(300)))
        }
        if attempt.isHedge {
            writer.key("hedge")
            writer.bool(true)
        }
        writer.endObject()
    }

    private static func write(_ breach: LedgerBreach, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("subject")
        writer.string("\(breach.subject)")
        writer.key("rule")
        writer.string(breach.rule)
        writer.key("mode")
        writer.string(breach.mode.rawValue)
        writer.key("message")
        writer.string(breach.message)
        writer.endObject()
    }
}
