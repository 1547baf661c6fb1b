import Bytes
package import Vocabulary

/// What OpenRouter's clients find in answers beside OpenAI's members: who served, what it cost, an id to ask with.
///
/// OpenRouter's own client refuses an answer that lacks a required member, so those are added where a provider leaves
/// them out. Pure; every byte that is not added or replaced stays as it came.
package enum OpenRouterExtras {
    /// What the call's side knows.
    package struct Facts: Sendable {
        /// The call's id: answers carry `gen-<hex>`, which `/generation?id=` takes.
        package var requestID: RequestID
        package var provider: String
        /// `nil` while nobody knows the price, as before a stream's end.
        package var receipt: Receipt?
        /// Seconds since the Unix epoch.
        package var now: Int64
        /// `X-OpenRouter-Metadata: enabled`; `nil` where the caller did not ask.
        package var route: Route?

        package init(
            requestID: RequestID, provider: String, receipt: Receipt? = nil, now: Int64, route: Route? = nil
        ) {
            self.requestID = requestID
            self.provider = provider
            self.receipt = receipt
            self.now = now
            self.route = route
        }
    }

    /// How the call was routed, for `openrouter_metadata`.
    package struct Route: Sendable {
        /// The model as the caller wrote it.
        package var requested: String
        /// Upstream calls that were made.
        package var attempts: Int
        /// The place of the one that answered in the chain of fallbacks.
        package var fallbackIndex: Int
        package var upstreamModel: String

        package init(requested: String, attempts: Int, fallbackIndex: Int, upstreamModel: String) {
            self.requested = requested
            self.attempts = attempts
            self.fallbackIndex = fallbackIndex
            self.upstreamModel = upstreamModel
        }
    }

    /// The id that an answer carries.
    package static func generationID(_ id: RequestID) -> String { "gen-" + id.hex }

    /// The body of an answer, or the data of one event of a stream, with what OpenRouter adds.
    ///
    /// - Parameter body: JSON; what is not a JSON object that OpenAI's dialect knows comes back as it is.
    package static func extended(_ body: [UInt8], _ facts: Facts) -> [UInt8] {
        body.withUnsafeBytes { bytes in
            guard let root = try? JSONView.parse(bytes), root.kind == .object else { return body }
            var patch = JSONPatch()
            extend(root, facts, &patch)
            return patch.isEmpty ? body : patch.apply(to: bytes)
        }
    }

    private static func extend(_ root: JSONView, _ facts: Facts, _ patch: inout JSONPatch) {
        if let response = root["response"], response.kind == .object {
            // An event of a Responses stream carries the whole object.
            OpenRouterResponses.extend(response, facts, &patch)
        } else if root["object"]?.isString("response") == true {
            OpenRouterResponses.extend(root, facts, &patch)
        } else if root["choices"] != nil {
            OpenRouterChat.extend(root, facts, &patch)
        } else if let usage = root["usage"], usage.kind == .object, root["data"] != nil {
            OpenRouterUsage.extend(usage, facts, &patch, names: .chat)
        }
    }
}

/// `usage` with what the call cost, in dollars.
enum OpenRouterUsage {
    /// Chat and Responses name the parts of the cost differently.
    enum Names {
        case chat, responses
    }

    static func extend(_ usage: JSONView, _ facts: OpenRouterExtras.Facts, _ patch: inout JSONPatch, names: Names) {
        guard usage.kind == .object else { return }
        patch.setMember("is_byok", value: Array("false".utf8), in: usage)
        guard let receipt = facts.receipt else { return }
        patch.setMember("cost", value: dollars(receipt.total), in: usage)
        patch.setMember("cost_details", value: details(receipt, names), in: usage)
    }

    private static func details(_ receipt: Receipt, _ names: Names) -> [UInt8] {
        let outputs: Set<PriceBucket> = [.outputText, .reasoning, .audioOutput]
        let output = receipt.lines.filter { outputs.contains($0.bucket) }.reduce(Money.zero) { $0 + $1.amount }
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("upstream_inference_cost")
        writer.raw(dollars(receipt.total))
        let input = receipt.total - output
        switch names {
        case .chat:
            writer.key("upstream_inference_prompt_cost")
            writer.raw(dollars(input))
            writer.key("upstream_inference_completions_cost")
        case .responses:
            writer.key("upstream_inference_input_cost")
            writer.raw(dollars(input))
            writer.key("upstream_inference_output_cost")
        }
        writer.raw(dollars(output))
        writer.endObject()
        return writer.bytes
    }

    /// The amount as a JSON number, digit by digit.
    static func dollars(_ money: Money) -> [UInt8] {
        let digits = String(money.nanodollars.magnitude % 1_000_000_000)
        var fraction = String(repeating: "0", count: 9 - digits.utf8.count) + digits
        while fraction.last == "0" { fraction.removeLast() }
        let whole = "\(money.nanodollars < 0 ? "-" : "")\(money.nanodollars.magnitude / 1_000_000_000)"
        return Array((fraction.isEmpty ? whole : whole + "." + fraction).utf8)
    }
}
