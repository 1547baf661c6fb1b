/// The Prometheus text exposition format, version 0.0.4.
enum PrometheusText {
    static func render(_ families: [MetricFamily]) -> [UInt8] {
        var out = ""
        for family in families {
            out += "# HELP \(family.name) \(escaped(family.help, quote: false))\n"
            out += "# TYPE \(family.name) \(family.kind.rawValue)\n"
            for sample in family.samples {
                out += "\(family.name)\(sample.suffix)\(labels(sample.labels)) \(text(sample.value))\n"
            }
        }
        return Array(out.utf8)
    }

    private static func labels(_ labels: [MetricLabel]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0.name)=\"\(escaped($0.value, quote: true))\"" }.joined(separator: ",") + "}"
    }

    private static func text(_ value: MetricSample.Value) -> String {
        switch value {
        case .integer(let number): "\(number)"
        case .double(let number) where number.isNaN: "NaN"
        case .double(let number) where number.isInfinite: number < 0 ? "-Inf" : "+Inf"
        case .double(let number): "\(number)"
        }
    }

    /// Backslashes and line ends are escaped everywhere, quotes inside label values only.
    private static func escaped(_ text: String, quote: Bool) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\"" where quote: out += "\\\""
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
