import Bytes
import Caching
import Vocabulary

/// The cache's figures as JSON.
enum CacheJSON {
    static func write(_ reports: [CacheReport], limits: CacheLimits, to json: inout JSONWriter) {
        json.member("entries", Int64(reports.reduce(0) { $0 + $1.entries }))
        json.member("bytes", Int64(reports.reduce(0) { $0 + $1.bytes }))
        json.member("limit_bytes", Int64(limits.maximumBytes))
        json.member("saved", reports.reduce(Money.zero) { $0 + $1.figures.saved })
        json.key("routes")
        json.beginArray()
        for report in reports { write(report, to: &json) }
        json.endArray()
    }

    private static func write(_ report: CacheReport, to json: inout JSONWriter) {
        let figures = report.figures
        json.beginObject()
        json.member("route", report.owner.route)
        json.member("entries", Int64(report.entries))
        json.member("bytes", Int64(report.bytes))
        json.member("hits", figures.hits)
        json.member("semantic_hits", figures.semanticHits)
        json.member("coalesced", figures.coalesced)
        json.member("misses", figures.misses)
        json.member("refreshes", figures.refreshes)
        json.member("bypassed", figures.bypassed)
        json.member("stored", figures.stored)
        json.member("evicted", figures.evicted)
        json.member("expired", figures.expired)
        json.member("saved", figures.saved)
        json.member("hit_rate", number: figures.hitRate)
        json.key("semantic")
        if let meter = report.meter { write(meter, to: &json) } else { json.null() }
        json.endObject()
    }

    private static func write(_ meter: FalseHitMeter, to json: inout JSONWriter) {
        let rate = meter.rate
        json.beginObject()
        json.member("threshold", number: meter.threshold)
        json.member("configured", number: meter.configured)
        json.member("target", number: meter.goals.target)
        json.member("sample", number: meter.goals.sample)
        json.member("judged", Int64(meter.judged))
        json.member("false", Int64(meter.wrong))
        json.member("false_hit_rate", number: rate.value)
        json.member("false_hit_rate_low", number: rate.interval.lower)
        json.member("false_hit_rate_high", number: rate.interval.upper)
        json.member("undecided", Int64(meter.undecided))
        json.member("judged_in_all", Int64(meter.judgedInAll))
        json.member("false_in_all", Int64(meter.wrongInAll))
        json.key("history")
        json.beginArray()
        for change in meter.history { write(change, to: &json) }
        json.endArray()
        json.endObject()
    }

    private static func write(_ change: FalseHitMeter.Change, to json: inout JSONWriter) {
        json.beginObject()
        json.member("at", time: change.at)
        json.member("from", number: change.from)
        json.member("to", number: change.to)
        json.member("reason", change.reason)
        json.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: StaticString, number value: Double?) {
        key(name)
        // Six decimals: what lies behind them is noise.
        if let value { double((value * 1_000_000).rounded() / 1_000_000) } else { null() }
    }
}
