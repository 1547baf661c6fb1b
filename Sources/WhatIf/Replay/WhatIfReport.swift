package import Bytes
import Statistics
import Vocabulary

/// What a change would have made of recorded calls.
package struct WhatIfReport: Sendable, Equatable {
    /// How many calls a target answered, and would have answered.
    package struct TargetShare: Sendable, Equatable {
        package var target: String
        package var baseline: Int
        package var changed: Int
    }

    /// Calls that were replayed.
    package var calls: Int
    /// Calls that match the filter.
    package var recorded: Int
    package var seed: UInt64
    package var total: WhatIfFigures
    /// Those with the most calls first.
    package var routes: [WhatIfFigures] = []
    package var targets: [TargetShare] = []
    package var assumptions: [String] = WhatIfReport.always
    /// What the figures leave out.
    package var coverage: [String] = []

    init(calls: Int, recorded: Int, seed: UInt64) {
        self.calls = calls
        self.recorded = recorded
        self.seed = seed
        total = WhatIfFigures(route: nil, [], seed: seed)
    }

    /// What every replay takes for granted.
    static let always = [
        "Every target is taken to be well: breakers and cooldowns of the time are not replayed.",
        "Strategies that look at latency, throughput or load see targets of which nothing is known yet.",
        "Another model is taken to read and write as many tokens as were recorded.",
        "Latency and failures of calls that move are drawn from what other calls saw at that target in the window.",
        "Failures that a fallback hid in the record are not counted against the target that failed.",
        "Conditions on members of the request's body do not hold, and needs such as tools or images are not known.",
        "A call that the changed cache answers takes as long as being admitted took; only the same body is a hit.",
    ]
}

extension WhatIfReport {
    /// Writes the report as one object.
    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("calls")
        json.int(calls)
        json.key("recorded")
        json.int(recorded)
        json.key("seed")
        json.int(Int64(clamping: seed))
        json.key("total")
        total.write(to: &json)
        json.key("routes")
        json.beginArray()
        for figures in routes { figures.write(to: &json) }
        json.endArray()
        json.key("targets")
        json.beginArray()
        for share in targets { share.write(to: &json) }
        json.endArray()
        json.key("assumptions")
        json.texts(assumptions)
        json.key("coverage")
        json.texts(coverage)
        json.endObject()
    }
}

extension WhatIfReport.TargetShare {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("target")
        json.string(target)
        json.key("baseline_calls")
        json.int(baseline)
        json.key("changed_calls")
        json.int(changed)
        json.endObject()
    }
}

extension WhatIfFigures {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("route")
        if let route { json.string(route) } else { json.null() }
        let counts: [(StaticString, Int)] = [
            ("calls", calls), ("moved", moved), ("refused", refused), ("cache_hits", cacheHits), ("timed", timed),
        ]
        for (name, count) in counts {
            json.key(name)
            json.int(count)
        }
        json.key("baseline")
        baseline.write(to: &json)
        json.key("changed")
        changed.write(to: &json)
        json.key("delta")
        json.beginObject()
        Self.write("cost_nanodollars", costDelta, scale: 1, to: &json)
        Self.write("p50_ms", p50Delta, scale: 1e-3, to: &json)
        Self.write("p95_ms", p95Delta, scale: 1e-3, to: &json)
        Self.write("error_rate", errorDelta, scale: 1, to: &json)
        json.endObject()
        json.endObject()
    }

    private static func write(_ name: StaticString, _ delta: Delta?, scale: Double, to json: inout JSONWriter) {
        json.key(name)
        guard let delta else { return json.null() }
        json.beginObject()
        json.key("value")
        json.double(delta.value * scale)
        json.key("lower")
        json.number(delta.interval.map { $0.lower * scale })
        json.key("upper")
        json.number(delta.interval.map { $0.upper * scale })
        json.key("calls")
        json.int(delta.calls)
        json.endObject()
    }
}

extension WhatIfFigures.Side {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("cost_nanodollars")
        json.int(cost.nanodollars)
        json.key("unpriced")
        json.int(unpriced)
        json.key("p50_ms")
        json.number(p50.map { $0 / 1_000 })
        json.key("p95_ms")
        json.number(p95.map { $0 / 1_000 })
        json.key("error_rate")
        json.number(errorRate)
        json.endObject()
    }
}

extension JSONWriter {
    mutating func number(_ value: Double?) {
        if let value { double(value) } else { null() }
    }

    mutating func texts(_ values: [String]) {
        beginArray()
        for value in values { string(value) }
        endArray()
    }
}
