import Bytes
import Vocabulary

/// Reports of the providers' admin APIs.
///
/// OpenAI: `/v1/organization/usage/*` and `/v1/organization/costs`, buckets with `start_time` in seconds. Anthropic:
/// `/v1/organizations/usage_report/messages` and `/cost_report`, buckets with `starting_at`; amounts are cents.
enum JSONExport {
    static func read(_ bytes: UnsafeRawBufferPointer) throws(ExportFault) -> ProviderExport {
        let root: JSONView
        do throws(JSONSyntaxError) { root = try JSONView.parse(bytes) } catch {
            throw ExportFault("The export is no JSON: \(error). Send the answer as it came.")
        }
        var export = ProviderExport(form: "")
        for page in root.kind == .array ? root.elements.map(\.self) : [root] {
            // A single bucket, or pages of them.
            let buckets = page["data"].map { $0.elements.map(\.self) } ?? [page]
            for (place, bucket) in buckets.enumerated() { try read(bucket, place, into: &export) }
            if page["has_more"]?.bool == true {
                export.notes.append("The export says that it has more pages. Ask for all of them, and send an array.")
            }
        }
        guard !export.form.isEmpty else {
            throw ExportFault("The export holds no report that is known: a list `data` of buckets is expected.")
        }
        return export
    }

    private static func read(_ bucket: JSONView, _ place: Int, into export: inout ProviderExport) throws(ExportFault) {
        guard let results = bucket["results"] ?? bucket["result"] else {
            throw ExportFault("data[\(place)] has no `results`. Reports are lists of buckets with results.")
        }
        if let seconds = bucket["start_time"]?.int64, (0...253_402_300_799).contains(seconds) {
            for result in results.elements { try readOpenAI(result, day: seconds * 1_000_000, place, into: &export) }
            if export.form.isEmpty { export.form = "OpenAI JSON" }
        } else if let text = bucket["starting_at"]?.string, let time = RFC3339.parse(text) {
            for result in results.elements { try readAnthropic(result, day: time, place, into: &export) }
            if export.form.isEmpty { export.form = "Anthropic JSON" }
        } else {
            throw ExportFault("data[\(place)] has neither `start_time` nor `starting_at`, so its day is not known.")
        }
    }

    private static func readOpenAI(
        _ result: JSONView, day: UnixMicroseconds, _ place: Int, into export: inout ProviderExport
    ) throws(ExportFault) {
        if let amount = result["amount"] {
            export.form = "OpenAI costs, JSON"
            let text = amount["value"].map { $0.string ?? String(decoding: $0.raw, as: UTF8.self) } ?? ""
            try checkCurrency(amount["currency"]?.string, place)
            guard let cost = BillAmount.money(text, nano: 1_000_000_000) else {
                throw ExportFault("data[\(place)]: the amount \"\(text.prefix(40))\" is no number.")
            }
            let model = result["line_item"]?.string.map(LineItem.model)
            return export.add(BillFigures(cost: cost), day: day, model: model)
        }
        export.form = "OpenAI usage, JSON"
        let cached = result["input_cached_tokens"]?.int64
        let input = result["input_tokens"]?.int64
        let fresh = result["input_uncached_tokens"]?.int64
            ?? input.map { $0.subtractingReportingOverflow(cached ?? 0).partialValue }
        export.add(
            BillFigures(
                requests: result["num_model_requests"]?.int64, input: fresh, cacheRead: cached,
                output: result["output_tokens"]?.int64),
            day: day, model: result["model"]?.string)
    }

    private static func readAnthropic(
        _ result: JSONView, day: UnixMicroseconds, _ place: Int, into export: inout ProviderExport
    ) throws(ExportFault) {
        if let amount = result["amount"] {
            export.form = "Anthropic costs, JSON"
            let text = amount.string ?? String(decoding: amount.raw, as: UTF8.self)
            try checkCurrency(result["currency"]?.string, place)
            guard let cost = BillAmount.money(text, nano: 10_000_000) else {
                throw ExportFault("data[\(place)]: the amount \"\(text.prefix(40))\" is no number.")
            }
            return export.add(BillFigures(cost: cost), day: day, model: result["model"]?.string)
        }
        export.form = "Anthropic usage, JSON"
        let creation = result["cache_creation"]
        let written = [
            creation?["ephemeral_5m_input_tokens"], creation?["ephemeral_1h_input_tokens"],
            result["cache_creation_input_tokens"],
        ].compactMap { $0?.int64 }
        export.add(
            BillFigures(
                input: result["uncached_input_tokens"]?.int64, cacheRead: result["cache_read_input_tokens"]?.int64,
                cacheWrite: written.isEmpty ? nil : written.reduce(0, &+), output: result["output_tokens"]?.int64),
            day: day, model: result["model"]?.string)
    }

    private static func checkCurrency(_ currency: String?, _ place: Int) throws(ExportFault) {
        guard let currency, currency.lowercased() != "usd" else { return }
        throw ExportFault("data[\(place)] is in \(currency.prefix(10)). Only dollars can be compared.")
    }
}

/// OpenAI's lines of costs, for example `gpt-4o-mini-2024-07-18, cached input`.
enum LineItem {
    /// The model that a line is about, which stands before its comma.
    static func model(_ text: String) -> String {
        String(text.prefix { $0 != "," })
    }
}
