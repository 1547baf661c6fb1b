import Bytes
import ControlAPI
import Gateway
import Storage
import Vocabulary
import WhatIf

/// Holds a provider's export against the records of its calls.
struct ReconcileService: BillReconciliation {
    let events: any EventStore
    let registry: PlanRegistry

    /// Read page by page, a million calls take some seconds; for more, ask for fewer days.
    private static let mostCalls = 2_000_000

    func reconcile(_ bill: ProviderBill) async throws -> [UInt8] {
        try checkProvider(bill.provider)
        let export: ProviderExport
        do throws(ExportFault) { export = try ProviderExport.read(bill.export) } catch {
            throw BillReconciliationError(message: error.message)
        }
        let days = try days(bill, export)
        let recorded = try await recorded(bill, days)
        let result = Reconciliation(export, recorded: recorded, days: days, tolerance: bill.tolerance)
        return Self.answer(result, export, bill, days)
    }

    private func checkProvider(_ name: String) throws {
        let known = registry.plan.providers.keys.sorted()
        guard !known.contains(name) else { return }
        throw BillReconciliationError(
            message: "There is no provider \"\(name.prefix(100))\"\(NearestName.hint(name, in: known)). "
                + "Configured: \(known.joined(separator: ", ")).")
    }

    /// Whole days: exports know no shorter time.
    private func days(_ bill: ProviderBill, _ export: ProviderExport) throws -> Range<UnixMicroseconds> {
        let known = export.rows.keys.map(\.day)
        guard let first = known.min(), let last = known.max() else {
            throw BillReconciliationError(message: "The export holds no figures at all.")
        }
        let from = BillKey.day(of: bill.from ?? first)
        let to = bill.to ?? last + BillKey.dayLength
        guard from < to else {
            throw BillReconciliationError(message: "The export's days lie outside of `from` and `to`.")
        }
        return from..<to
    }

    private func recorded(
        _ bill: ProviderBill, _ days: Range<UnixMicroseconds>
    ) async throws -> [BillKey: RecordedDay] {
        var filter = SpanFilter(project: bill.project)
        filter.provider = bill.provider
        filter.from = days.lowerBound
        filter.to = days.upperBound
        var recorded: [BillKey: RecordedDay] = [:]
        var after: RequestID?
        var count = 0
        repeat {
            try Task.checkCancellation()
            let page = try await events.spans(
                SpanQuery(filter: filter, limit: 1_000, descending: false, after: after))
            for call in page.spans where call.span.isBilled {
                let key = BillKey(day: BillKey.day(of: call.span.timing.startedAt), model: call.span.upstreamModel)
                recorded[key, default: RecordedDay()].add(
                    call.span.usage, cost: call.cost, isEstimated: call.span.usageSource == .estimated)
            }
            count += page.spans.count
            guard count <= Self.mostCalls else {
                throw BillReconciliationError(
                    message: "There are more than \(Self.mostCalls) calls in this time. Compare fewer days at once.")
            }
            after = page.next
        } while after != nil
        return recorded
    }

    private static func answer(
        _ result: Reconciliation, _ export: ProviderExport, _ bill: ProviderBill, _ days: Range<UnixMicroseconds>
    ) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        for (name, text) in [("provider", bill.provider), ("form", export.form)] {
            json.key(name)
            json.string(text)
        }
        for (name, time) in [("from", days.lowerBound), ("to", days.upperBound)] {
            json.key(name)
            json.string(RFC3339.format(time))
        }
        result.write(to: &json)
        json.key("notes")
        json.beginArray()
        for note in export.notes { json.string(note) }
        json.endArray()
        json.endObject()
        return json.bytes
    }
}

extension SpanRecord {
    /// Whether the provider may have billed it: somebody was asked, and it was no answer of the cache.
    fileprivate var isBilled: Bool {
        attempts > 0 && operation != .countTokens && ![.hit, .semanticHit, .coalesced].contains(cache)
            && (usage.total > 0 || outcome == .ok)
    }
}
