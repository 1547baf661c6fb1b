import Bytes
import Routing
import Testing

/// Texts that are nearly right: readers may refuse them, but must not trap, and what they take must compile or fault.
@Suite struct NoInputStopsTheServer {
    private static let seeds = [
        RoutesAreReadAndWritten.full,
        #"{"strategy":{"mode":"loadbalance"},"retry":{"attempts":3},"targets":[{"provider":"a","weight":0.5}]}"#,
        #"{"provider":{"order":["a"],"max_price":{"prompt":1},"sort":{"by":"price"}},"models":["b"],"session_id":"s"}"#,
        #"{"fallbacks":["a",{"model":"b"}],"cache":{"ttl":1},"num_retries":2,"timeout":1.5,"metadata":{"tags":["t"]}}"#,
    ]
    private static let splices = [
        "-1", "1e308", "-9223372036854775808", "18446744073709551615", "null", "[]", "{}", "\"\"", "true", "\"9h\"",
        "\"99999999999h\"", "\"5xx\"", "[[[[]]]]", "\"(((\"", "0.0000001",
    ]

    /// The seed with one value replaced, or with a stretch of bytes taken out.
    private func mutated(_ seed: String, _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(seed.utf8)
        let colons = bytes.indices.filter { bytes[$0] == UInt8(ascii: ":") }
        guard Bool.random(using: &random), let colon = colons.randomElement(using: &random) else {
            let start = Int.random(in: 0..<bytes.count, using: &random)
            bytes.removeSubrange(start..<min(bytes.count, start + Int.random(in: 1...6, using: &random)))
            return bytes
        }
        var view = colon + 1
        while view < bytes.count, ![UInt8(ascii: ","), UInt8(ascii: "}")].contains(bytes[view]) { view += 1 }
        bytes.replaceSubrange(colon + 1..<view, with: Array((Self.splices.randomElement(using: &random) ?? "0").utf8))
        return bytes
    }

    @Test func whateverIsSent() {
        var random = SeededGenerator(seed: 11)
        var taken = 0
        var refused = 0
        for round in 0..<6000 {
            let bytes = mutated(Self.seeds[round % Self.seeds.count], &random)
            bytes.withUnsafeBytes { buffer in
                guard let view = try? JSONView.parse(buffer) else { return }
                for outcome in readers(view) {
                    if outcome == nil { taken += 1 } else { refused += 1 }
                    #expect(outcome?.message.isEmpty != true)
                }
            }
        }
        #expect(taken > 1000)
        #expect(refused > 1000)
    }

    private func readers(_ view: JSONView) -> [RouteFault?] {
        [
            fault { _ = try World().compile(try RouteDefinition(json: view)).decide() },
            fault {
                let wishes = try PortkeyConfig.read(json: view, model: "m")
                let base = RouteDefinition(name: "m", root: .target(TargetReference(provider: "a")))
                if let made = wishes.definition(over: base) { _ = try World().compile(made).decide() }
            },
            fault { _ = try OpenRouterPreferences.read(body: view) },
            fault { _ = try LiteLLMPreferences.read(body: view, model: "m") }, fault { _ = try Condition(json: view) },
        ]
    }

    @Test func headersOfAnyShape() {
        let values = ["", " ", ";", "=", ";;=;", "{", "[]", "{}", "nan", "inf", "-1", "1e999", "\u{0}", "9223372036854775807"]
        let names = ["timeout", "num-retries", "stream-timeout", "spend-logs-metadata", "tags"]
        for value in values {
            for name in names { _ = fault { _ = try LiteLLMPreferences.read(headers: headers([("x-litellm-\(name)", value)])) } }
            for name in ["config", "metadata", "request-timeout", "provider", "debug"] {
                _ = fault { _ = try PortkeyPreferences.read(headers: headers([("x-portkey-\(name)", value)]), model: "m") }
            }
            for name in ["fallbacks", "ratelimit-policy", "cache-bucket-max-size", "retry-enabled", "property-"] {
                _ = fault { _ = try HeliconePreferences.read(headers: headers([("helicone-\(name)", value)])) }
            }
            let found = fault { _ = try SignalboxPreferences.read("retries=\(value)") }
            #expect(found != nil || value == ";" || Int(value) != nil)
        }
    }
}
