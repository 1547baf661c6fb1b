package import Bytes
import Vocabulary

extension Reconciliation {
    /// Writes rows and sums as members of the answer.
    package func write(to json: inout JSONWriter) {
        json.key("tolerance")
        json.double(tolerance)
        json.key("agrees")
        json.bool(agrees)
        json.key("rows")
        json.beginArray()
        for row in rows { row.write(to: &json) }
        json.endArray()
        json.key("totals")
        json.beginObject()
        json.key("theirs")
        theirs.write(to: &json)
        json.key("ours")
        ours.write(to: &json)
        json.key("difference")
        difference.write(to: &json)
        json.endObject()
    }
}

extension Reconciliation.Row {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("day")
        json.string(String(RFC3339.format(key.day).prefix(10)))
        json.key("model")
        json.text(key.model)
        json.key("theirs")
        theirs.write(to: &json)
        json.key("ours")
        ours.write(to: &json)
        json.key("difference")
        difference.write(to: &json)
        json.key("agrees")
        json.bool(reason == nil)
        json.key("reason")
        json.text(reason?.rawValue)
        json.key("detail")
        json.text(detail)
        json.endObject()
    }
}

extension BillFigures {
    fileprivate func write(to json: inout JSONWriter) {
        let members: [(StaticString, Int64?)] = [
            ("requests", requests), ("input_tokens", input), ("cached_tokens", cacheRead),
            ("cache_write_tokens", cacheWrite), ("output_tokens", output), ("cost_nanodollars", cost?.nanodollars),
        ]
        json.beginObject()
        for (name, value) in members {
            json.key(name)
            if let value { json.int(value) } else { json.null() }
        }
        json.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func text(_ value: String?) {
        if let value { string(value) } else { null() }
    }
}
