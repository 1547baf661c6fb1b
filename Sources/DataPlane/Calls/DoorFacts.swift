import Gateway
import NIOHTTP1
import Vocabulary

/// What users of other products find in the headers of their answers, for calls through that product's address.
enum DoorFacts {
    static func add(_ call: Call, to headers: inout HTTPHeaders) {
        switch call.door {
        case .own, .openrouter: break
        case .portkey: addPortkey(call, to: &headers)
        case .litellm: addLiteLLM(call, to: &headers)
        case .helicone: addHelicone(call, to: &headers)
        }
    }

    private static func addPortkey(_ call: Call, to headers: inout HTTPHeaders) {
        headers.add(name: "x-portkey-trace-id", value: (call.caller.trace?.traceID ?? call.id).uuid)
        headers.add(name: "x-portkey-retry-attempt-count", value: String(retries(call)))
        headers.add(name: "x-portkey-last-used-option-index", value: String(call.exchange?.lead?.target ?? 0))
        headers.add(name: "x-portkey-cache-status", value: call.portkeyCacheStatus)
        if let lead = call.lead { headers.add(name: "x-portkey-provider", value: lead.target.provider.name) }
    }

    private static func addLiteLLM(_ call: Call, to headers: inout HTTPHeaders) {
        headers.add(name: "x-litellm-call-id", value: call.id.uuid)
        headers.add(name: "x-litellm-version", value: SignalboxVersion.current)
        headers.add(name: "x-litellm-attempted-retries", value: String(retries(call)))
        headers.add(name: "x-litellm-attempted-fallbacks", value: String(call.exchange?.lead?.target ?? 0))
        if let route = call.callPlan?.route { headers.add(name: "x-litellm-model-group", value: route) }
        if let lead = call.lead {
            headers.add(
                name: "x-litellm-model-id", value: "\(lead.target.provider.name)/\(lead.target.upstreamModel)"
            )
        }
    }

    private static func addHelicone(_ call: Call, to headers: inout HTTPHeaders) {
        headers.add(name: "helicone-id", value: call.id.uuid)
        headers.add(name: "helicone-cache", value: call.cacheStatus(hit: "HIT", miss: "MISS", off: "MISS"))
        headers.add(name: "helicone-fallback-index", value: String(call.exchange?.lead?.target ?? 0))
    }

    /// Further tries, whichever target they went to.
    private static func retries(_ call: Call) -> Int { max(0, (call.exchange?.attempts ?? 1) - 1) }
}
