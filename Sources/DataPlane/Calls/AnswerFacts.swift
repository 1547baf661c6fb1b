import Access
import Gateway
import Ledger
import NIOHTTP1
import Providers
import Runtime
import Vocabulary

// What the answer's headers say about how the call was served.

extension Call {
    /// Adds what there is to say; a plain call to its only target has nothing.
    func addFacts(to headers: inout HTTPHeaders) {
        if !changes.isEmpty, parameterPolicy != .drop { headers.add(name: Self.changesHeader, value: changesText) }
        if let lead, callPlan?.decision != nil || (exchange?.attempts ?? 0) > 1 {
            headers.add(name: "x-signalbox-target", value: "\(lead.target.provider.name)/\(lead.target.upstreamModel)")
            headers.add(name: "x-signalbox-attempts", value: String(exchange?.attempts ?? 0))
        }
        if let warning = notices.first {
            let words = "\(warning.mode.rawValue) \(warning.subject) \(warning.rule)"
            headers.add(name: "x-signalbox-budget", value: words)
        }
        if isEstimate { headers.add(name: "x-signalbox-estimate", value: "true") }
        addRateLimits(to: &headers)
        CacheFacts.add(self, to: &headers)
        DoorFacts.add(self, to: &headers)
    }

    private static let changesHeader = "x-signalbox-parameter-changes"

    /// `logit_bias=dropped, temperature=clamped`; names come from the caller and are kept to what a header may hold.
    private var changesText: String {
        changes.prefix(32).map { "\(Self.token($0.name))=\($0.action.rawValue)" }.joined(separator: ", ")
    }

    private static func token(_ name: String) -> String {
        let bytes = name.utf8.map { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ",") ? $0 : UInt8(ascii: "_") }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// As OpenAI's clients know them; only where some rule limits the key.
    private func addRateLimits(to headers: inout HTTPHeaders) {
        guard let principal, let chain = plan.chains[principal.keyID] else { return }
        let customer = customerID.flatMap { plan.keys.customer($0, of: principal)?.subject.id }
        guard chain.applies(toCustomer: customer) else { return }
        let states = plan.ledger.state(
            of: chain, customer: customer, model: callPlan?.route ?? outline?.model ?? "", at: loop.time.now()
        )
        let values = RateLimitValues(states: states)
        add(values.requests, "requests", to: &headers)
        add(values.tokens, "tokens", to: &headers)
    }

    private func add(_ line: RateLimitValues.Line?, _ unit: String, to headers: inout HTTPHeaders) {
        guard let line else { return }
        headers.replaceOrAdd(name: "x-ratelimit-limit-\(unit)", value: String(line.limit))
        headers.replaceOrAdd(name: "x-ratelimit-remaining-\(unit)", value: String(line.remaining))
        if let reset = line.resetText { headers.replaceOrAdd(name: "x-ratelimit-reset-\(unit)", value: reset) }
    }
}
