import Bytes
import Vocabulary

/// A recorded body as the answer shows it.
struct RecordedBody: Sendable, Equatable {
    /// The whole body as JSON; `nil` if there was none or it was no JSON.
    var body: [UInt8]?
    /// The body where it was no JSON.
    var text: String?
    /// The provider's own message objects, each a JSON text.
    var messages: [[UInt8]]
}

/// Writes what a single request has beyond its summary.
func writeDetail(_ span: SpanRecord, request: RecordedBody, response: RecordedBody, to json: inout JSONWriter) {
    writeTiming(span.timing, to: &json)
    json.key("receipt")
    if let receipt = span.receipt { writeReceipt(receipt, to: &json) } else { json.null() }
    writeServing(span, to: &json)
    json.member("truncated", span.truncated)
    json.key("request")
    writeBody(request, to: &json)
    json.key("response")
    writeBody(response, to: &json)
}

func writeTiming(_ timing: CallTiming, to json: inout JSONWriter) {
    json.key("timing")
    json.beginObject()
    json.member("admitted_ms", milliseconds: timing.admittedAfter)
    json.member("connected_ms", milliseconds: timing.connectedAfter)
    json.member("first_byte_ms", milliseconds: timing.firstByteAfter)
    json.member("first_token_ms", milliseconds: timing.firstTokenAfter)
    json.member("ended_ms", milliseconds: timing.endedAfter)
    json.endObject()
}

func writeReceipt(_ receipt: Receipt, to json: inout JSONWriter) {
    json.beginObject()
    json.member("price_version", receipt.priceVersion)
    json.member("source", receipt.source)
    json.member("total_nanodollars", receipt.total)
    json.key("lines")
    json.beginArray()
    for line in receipt.lines {
        json.beginObject()
        json.member("bucket", line.bucket.rawValue)
        json.member("quantity", line.quantity)
        json.member("nanodollars_per_million", line.nanodollarsPerMillion)
        json.member("amount_nanodollars", line.amount)
        json.endObject()
    }
    json.endArray()
    json.endObject()
}

/// Why the call was served as it was, and what it was charged to.
private func writeServing(_ span: SpanRecord, to json: inout JSONWriter) {
    json.member("organisation", span.organisation)
    json.member("cache_source", span.cacheSource?.uuid)
    json.key("parameter_changes")
    json.beginArray()
    for change in span.parameterChanges {
        json.beginObject()
        json.member("name", change.name)
        json.member("action", change.action.rawValue)
        json.member("detail", change.detail)
        json.endObject()
    }
    json.endArray()
    json.key("charges")
    json.beginArray()
    for charge in span.charges { write(charge, to: &json) }
    json.endArray()
    json.key("decision")
    if isJSON(span.decision) { json.raw(span.decision) } else { json.null() }
}

private func write(_ charge: LedgerCharge, to json: inout JSONWriter) {
    json.beginObject()
    writeSubject(charge.subject, to: &json)
    json.member("rule", String(charge.ruleID))
    json.member("unit", charge.unit.rawValue)
    json.member("mode", charge.mode.rawValue)
    json.member("window_start", time: charge.windowStart)
    json.member("amount", charge.amount)
    json.member("before", charge.before)
    json.member("limit", charge.limit)
    json.endObject()
}

/// Recorded JSON goes into the answer as it stands, so that large numbers and the order of keys survive.
///
/// It is checked first: bytes from a provider must not be able to break out of their member.
private func writeBody(_ recorded: RecordedBody, to json: inout JSONWriter) {
    json.beginObject()
    json.key("messages")
    json.beginArray()
    for message in recorded.messages where isJSON(message) { json.raw(message) }
    json.endArray()
    if let text = recorded.text {
        json.member("text", text)
    } else if let body = recorded.body, isJSON(body) {
        json.key("body")
        json.raw(body)
    } else {
        json.key("body")
        json.null()
    }
    json.endObject()
}

private func isJSON(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { (try? JSONView.parse($0, limits: JSONLimits(maximumDepth: recordedDepth))) != nil }
}

/// Deeper than anything that is let in, because rebuilding and wrapping a message adds a level or two.
private let recordedDepth = 256
