import Catalog
import Gateway
import Providers
import Vocabulary

/// What OpenRouter's clients find in an answer beside OpenAI's members.
enum OpenRouterAnswer {
    /// - Returns: Extends a whole body, or the data of one event, once the usage is known.
    static func extender(_ call: Call, _ target: RouteTarget) -> @Sendable ([UInt8], TokenUsage?) -> [UInt8] {
        let (id, now, provider) = (call.id, call.wallClock, target.provider.name)
        let model = target.catalogModel
        let tier = PricePlan(serviceTier: call.outline?.serviceTier)
        let route = route(call, target)
        return { body, usage in
            let receipt = usage.flatMap { usage in
                model.map { Pricing.receipt(for: usage, model: $0, at: now, tier: tier) }
            }
            let facts = OpenRouterExtras.Facts(
                requestID: id, provider: provider, receipt: receipt, now: now / 1_000_000, route: route
            )
            return OpenRouterExtras.extended(body, facts)
        }
    }

    private static func route(_ call: Call, _ target: RouteTarget) -> OpenRouterExtras.Route? {
        let asks = call.caller.wishes.contains { $0.name == "x-openrouter-metadata" && $0.value == "enabled" }
        guard asks else { return nil }
        return OpenRouterExtras.Route(
            requested: call.outline?.model ?? "", attempts: call.exchange?.attempts ?? 1,
            fallbackIndex: call.exchange?.lead?.target ?? 0, upstreamModel: target.upstreamModel
        )
    }
}

/// Changes the data of events that are complete.
enum EventData {
    /// - Parameter events: Whole server-sent events, as our encoders write them: one data line each.
    static func extended(_ events: [UInt8], _ change: ([UInt8]) -> [UInt8]) -> [UInt8] {
        let prefix = Array("data: {".utf8)
        var output: [UInt8] = []
        output.reserveCapacity(events.count + 256)
        for line in events.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if line.starts(with: prefix) {
                output += "data: ".utf8
                output += change(Array(line.dropFirst(prefix.count - 1)))
            } else {
                output += line
            }
            output.append(UInt8(ascii: "\n"))
        }
        // The last piece stands behind the last line end, and is empty.
        output.removeLast()
        return output
    }
}
