import Bytes
import Vocabulary

/// Why one call went as it did: the record and the trail of its decisions, put together.
struct Why {
    let span: SpanRecord
    /// `nil` where the key is not in the store any more.
    let keyName: String?
    let trail: DecisionTrail

    init(_ span: SpanRecord, keyName: String?) {
        self.span = span
        self.keyName = keyName
        trail = DecisionTrail(span.decision)
    }

    /// Writes the members of the answer, in the order of the documentation.
    func write(to json: inout JSONWriter) {
        json.member("id", span.id.uuid)
        json.member("summary", WhySummary(self).sentences)
        json.member("model", span.requestModel)
        json.member("route", span.route)
        json.key("key")
        json.beginObject()
        json.member("id", span.keyID)
        json.member("name", keyName)
        json.endObject()
        json.member("provider", span.provider)
        json.member("upstream_model", span.upstreamModel)
        json.member("status", span.outcome.rawValue)
        json.key("routing")
        if let routing = trail.routing { writeRouting(routing, to: &json) } else { json.null() }
        json.list("attempts", trail.attempts) { $1.write(to: &$0) }
        json.member("answered_by", trail.answeredBy)
        json.member("continued", trail.wasContinued)
        writeCache(to: &json)
        json.list("parameter_changes", span.parameterChanges) { json, change in
            json.member("name", change.name)
            json.member("action", change.action.rawValue)
            json.member("detail", change.detail)
        }
        json.list("notices", trail.notices) { $1.write(to: &$0) }
        json.list("budgets", span.charges) { writeBudget($1, to: &$0) }
        json.key("receipt")
        if let receipt = span.receipt { writeReceipt(receipt, to: &json) } else { json.null() }
        writeTiming(span.timing, to: &json)
    }

    private func writeCache(to json: inout JSONWriter) {
        json.key("cache")
        guard let cache = span.cache else { return json.null() }
        json.beginObject()
        json.member("verdict", cache.rawValue)
        json.member("source", span.cacheSource?.uuid)
        json.member("saved_nanodollars", span.savedCost)
        json.endObject()
    }

    private func writeBudget(_ charge: LedgerCharge, to json: inout JSONWriter) {
        writeSubject(charge.subject, to: &json)
        json.member("rule", String(charge.ruleID))
        json.member("unit", charge.unit.rawValue)
        json.member("mode", charge.mode.rawValue)
        json.member("window_start", time: charge.windowStart)
        json.member("before", charge.before)
        json.member("amount", charge.amount)
        json.member("after", charge.after)
        json.member("limit", charge.limit)
    }
}

/// Writes what the router decided, as an object.
func writeRouting(_ routing: DecisionTrail.Routing, to json: inout JSONWriter) {
    json.beginObject()
    json.member("strategy", routing.strategy)
    json.member("breaker_bypassed", routing.isBreakerBypassed)
    json.member("window_bypassed", routing.isWindowBypassed)
    json.key("attempts")
    json.beginArray()
    for target in routing.attempts { json.int(target) }
    json.endArray()
    json.list("considered", routing.considered) { $1.write(to: &$0) }
    json.endObject()
}

extension LedgerCharge {
    /// What the window had settled with this call, in `unit`; stays at the highest number.
    var after: Int64 {
        let (sum, overflows) = before.addingReportingOverflow(amount)
        return overflows ? .max : sum
    }
}

extension DecisionTrail.Candidate {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("target", target)
        json.member("name", name)
        json.member("verdict", verdict)
        json.member("order", order)
        json.member("after", after)
        json.member("reason", reason)
        json.member("detail", detail)
        json.member("score", score)
    }
}

extension DecisionTrail.Attempt {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("target", target)
        json.member("started_us", started)
        json.member("ended_us", ended)
        json.member("error", error)
        json.member("message", message)
        json.member("hedge", isHedge)
    }
}

extension DecisionTrail.Notice {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("subject", subject)
        json.member("rule", rule)
        json.member("mode", mode)
        json.member("message", message)
    }
}

extension JSONWriter {
    /// A list of objects; `fill` writes the members of each.
    mutating func list<Item>(_ name: StaticString, _ items: [Item], _ fill: (inout JSONWriter, Item) -> Void) {
        key(name)
        beginArray()
        for item in items {
            beginObject()
            fill(&self, item)
            endObject()
        }
        endArray()
    }
}
