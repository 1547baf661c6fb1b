import Bytes
import Dialects
import Testing
import Vocabulary

/// Whatever a caller or provider sends, reading it never traps; what was read can be written.
@Suite struct RandomForeignInputTests {
    private static let providers: [any ProviderCodec.Type] = [
        GeminiCodec.self, BedrockConverseCodec.self, CohereChatCodec.self,
    ]

    /// Words that make random values look like the formats, so that readers get beyond the first check.
    private static let words = [
        "contents", "parts", "text", "role", "user", "model", "functionCall", "function_response", "name", "args", "id",
        "thought", "thoughtSignature", "inlineData", "mimeType", "data", "fileData", "fileUri", "tools", "index",
        "functionDeclarations", "parameters", "type", "properties", "generationConfig", "thinkingConfig", "candidates",
        "content", "finishReason", "usageMetadata", "promptTokenCount", "output", "message", "toolUse", "input", "delta",
        "toolUseId", "reasoningContent", "stopReason", "usage", "inputTokens", "contentBlockIndex", "start", "tool_calls",
        "tool_plan", "citations", "logprobs", "billed_units", "finish_reason", "content-delta", "tool-call-start",
        "message-end", "responseSchema", "nullable", "logprobsResult", "chosenCandidates", "error", "promptFeedback",
        "blockReason", "groundingMetadata", "webSearchQueries", "toolConfig", "functionCallingConfig", "mode", "ANY",
    ]

    private func value(_ depth: Int, _ generator: inout Generator, _ writer: inout JSONWriter) {
        switch Int.random(in: 0..<(depth > 0 ? 10 : 5), using: &generator) {
        case 0: writer.string(Self.words.randomElement(using: &generator) ?? "")
        case 1: writer.int([0, -1, 7, .max, .min].randomElement(using: &generator) ?? 0)
        case 2: writer.null()
        case 3: writer.bool(true)
        case 4: writer.double(1e300)
        case 5...6:
            writer.beginArray()
            for _ in 0..<Int.random(in: 0..<4, using: &generator) { value(depth - 1, &generator, &writer) }
            writer.endArray()
        default:
            writer.beginObject()
            for _ in 0..<Int.random(in: 0..<6, using: &generator) {
                writer.key(Self.words.randomElement(using: &generator) ?? "")
                value(depth - 1, &generator, &writer)
            }
            writer.endObject()
        }
    }

    private func body(seed: UInt64, under keys: [String]) -> [UInt8] {
        var generator = Generator(seed: seed)
        var writer = JSONWriter()
        writer.beginObject()
        for key in keys {
            writer.key(key)
            value(6, &generator, &writer)
        }
        writer.endObject()
        return writer.bytes
    }

    @Test func callersRequests() throws {
        var read = 0
        for seed in 0..<800 as Range<UInt64> {
            var bytes = body(seed: seed, under: ["tools", "generationConfig", "systemInstruction", "toolConfig"])
            if seed % 2 == 0 { bytes = body(seed: seed, under: ["tools", "labels"]) }
            bytes.removeLast()
            bytes += Array(#","contents":[{"parts":[{"text":"x"}]}]}"#.utf8)
            try bytes.withUnsafeBytes { buffer in
                let root = try JSONView.parse(buffer)
                guard let request = try? GeminiCodec.decode(root, call: CallerPath(model: "m")) else { return }
                read += 1
                for provider in Self.providers {
                    var changes: [ParameterChange] = []
                    let target = EncodingTarget(model: "anthropic.claude")
                    guard let written = try? provider.encode(request, target: target, changes: &changes) else { continue }
                    try written.withUnsafeBytes { _ = try JSONView.parse($0) }
                }
                #expect(TokenEstimate.input(of: request) > 0)
            }
        }
        #expect(read > 15, "too few random requests are readable: \(read)")
    }

    @Test func providersAnswers() throws {
        let context = AnswerContext(
            model: "m", requestID: "r", createdAt: 0, request: ModelRequest(source: .geminiGenerateContent, model: "m"))
        for seed in 0..<500 as Range<UInt64> {
            let keys = ["candidates", "output", "message", "usage", "usageMetadata", "logprobs", "promptFeedback"]
            let bytes = body(seed: seed, under: keys)
            for provider in Self.providers {
                let answer = try bytes.withUnsafeBytes { provider.decode(try JSONView.parse($0)) }
                let written = GeminiCodec.encode(answer, context: context)
                try written.withUnsafeBytes { _ = try JSONView.parse($0) }
                _ = bytes.withUnsafeBytes { provider.error($0, status: 400) }
            }
        }
    }

    @Test func providersStreams() throws {
        let names = ["", "contentBlockDelta", "contentBlockStart", "messageStop", "metadata", "oddException", "content-delta"]
        let context = AnswerContext(
            model: "m", requestID: "r", createdAt: 0, request: ModelRequest(source: .geminiGenerateContent, model: "m"))
        for seed in 0..<120 as Range<UInt64> {
            var generator = Generator(seed: seed)
            for provider in Self.providers {
                var decoder = provider.streamDecoder()
                var encoder = GeminiCodec.streamEncoder(context: context)
                var events: [AnswerEvent] = []
                for step in 0..<8 as Range<UInt64> {
                    let name = Array((names.randomElement(using: &generator) ?? "").utf8)
                    let keys = ["type", "delta", "start", "candidates", "index", "contentBlockIndex", "usage", "stopReason"]
                    let data = body(seed: seed &* 31 &+ step, under: keys)
                    name.withUnsafeBytes { name in
                        data.withUnsafeBytes { decoder.receive(name: name, data: $0, into: &events) }
                    }
                }
                decoder.end(into: &events)
                var output: [UInt8] = []
                for event in events { encoder.encode(event, into: &output) }
                encoder.finish(into: &output)
                for line in output.split(separator: 0x0A) where line.count > 7 {
                    try Array(line.dropFirst(6).dropLast()).withUnsafeBytes { _ = try JSONView.parse($0) }
                }
            }
        }
    }

    /// The same numbers for the same seed on every machine (SplitMix64).
    private struct Generator: RandomNumberGenerator {
        private var state: UInt64

        init(seed: UInt64) { state = seed }

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed &>> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed &>> 31)
        }
    }
}
