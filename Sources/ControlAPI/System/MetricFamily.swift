/// One metric with all its samples, in the terms of the Prometheus text format.
package struct MetricFamily: Sendable, Equatable {
    /// Raw values are what the format calls them.
    package enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    /// `[a-zA-Z_:][a-zA-Z0-9_:]*`, with the unit last, for example `signalbox_requests_total`.
    package var name: String
    /// One sentence for people.
    package var help: String
    package var kind: Kind
    package var samples: [MetricSample]

    package init(name: String, help: String, kind: Kind, samples: [MetricSample]) {
        self.name = name
        self.help = help
        self.kind = kind
        self.samples = samples
    }
}

/// One value. Labels must never hold secrets or anything that callers choose freely: `/metrics` needs no key.
package struct MetricSample: Sendable, Equatable {
    /// Whole numbers are written without a fraction.
    package enum Value: Sendable, Equatable {
        case integer(Int64)
        case double(Double)
    }

    /// `_bucket`, `_sum` or `_count` on histograms, else empty.
    package var suffix: String
    package var labels: [MetricLabel]
    package var value: Value

    package init(_ value: Value, labels: [MetricLabel] = [], suffix: String = "") {
        self.suffix = suffix
        self.labels = labels
        self.value = value
    }
}

/// A label and its value, which may be any text.
package struct MetricLabel: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
