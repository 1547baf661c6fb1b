import Bytes
import Dialects
import Testing
import Vocabulary

/// Whatever a provider streams, callers get a stream that keeps to their format's rules: clients keep state by them.
@Suite struct StreamProtocolTests {
    private static let seeds: [UInt64] = Array(1...40)

    /// Frames of random JSON and of plain noise.
    @Test(arguments: seeds)
    func streamsAreReadAndWritten(seed: UInt64) throws {
        var random = RandomText(seed: seed)
        for provider in GoldenCodecs.providers {
            var decoder = provider.codec.streamDecoder()
            var events: [AnswerEvent] = []
            for _ in 0..<60 {
                let name = Array(random.word().utf8)
                let data = random.chance(0.8) ? Array(random.object(depth: 4).utf8) : random.noise()
                name.withUnsafeBytes { name in
                    data.withUnsafeBytes { decoder.receive(name: name, data: $0, into: &events) }
                }
            }
            decoder.end(into: &events)
            for caller in GoldenCodecs.callers { try expectValid(events, caller) }
        }
    }

    /// Events in any order, which no decoder would give.
    @Test(arguments: seeds)
    func eventsInAnyOrderAreWritten(seed: UInt64) throws {
        var random = RandomText(seed: seed)
        let events = (0..<50).map { _ in random.event() }
        for caller in GoldenCodecs.callers { try expectValid(events, caller) }
    }

    private func expectValid(_ events: [AnswerEvent], _ caller: GoldenCodecs.Caller) throws {
        var encoder = caller.codec.streamEncoder(context: GoldenRun.context(caller.format, streams: true))
        var output: [UInt8] = []
        for event in events { encoder.encode(event, into: &output) }
        encoder.finish(into: &output)
        var framer = SSEFramer(maximumEventBytes: 1 << 22)
        var blocks = StreamProtocol()
        try output.withUnsafeBytes { bytes in
            try framer.feed(bytes) { event in
                if event.data.elementsEqual("[DONE]".utf8) { return }
                let root = try JSONView.parse(event.data)
                switch caller.format {
                case .anthropicMessages: blocks.anthropic(root)
                case .openAIResponses: blocks.responses(root)
                default: break
                }
            }
        }
        #expect(blocks.mistakes.isEmpty, "\(caller.format): \(blocks.mistakes)")
        if caller.format == .anthropicMessages || caller.format == .openAIResponses { #expect(blocks.hasEnded) }
    }
}

/// The rules of streams whose clients keep state.
struct StreamProtocol {
    var mistakes: [String] = []
    var hasEnded = false
    private var open: Set<Int64> = []
    private var next: Int64 = 0
    private var hasStarted = false

    mutating func anthropic(_ root: JSONView) {
        let type = root["type"]?.string ?? ""
        let index = root["index"]?.int64 ?? -1
        if hasEnded { mistakes.append("\(type) after the end") }
        if !hasStarted, type != "message_start", type != "error" { mistakes.append("\(type) before the start") }
        switch type {
        case "message_start": hasStarted = true
        case "content_block_start":
            if index != next || !open.isEmpty { mistakes.append("block \(index) began") }
            open.insert(index)
            next += 1
        case "content_block_delta": if !open.contains(index) { mistakes.append("delta of block \(index)") }
        case "content_block_stop": if open.remove(index) == nil { mistakes.append("block \(index) stopped") }
        case "message_delta": if !open.isEmpty { mistakes.append("blocks are open at the end") }
        case "message_stop", "error": hasEnded = true
        default: mistakes.append("unknown \(type)")
        }
    }

    mutating func responses(_ root: JSONView) {
        let type = root["type"]?.string ?? ""
        if hasEnded { mistakes.append("\(type) after the end") }
        if root["sequence_number"]?.int64 != next { mistakes.append("number of \(type)") }
        next += 1
        let place = root["output_index"]?.int64 ?? -1
        switch type {
        case "response.output_item.added": if !open.insert(place).inserted { mistakes.append("item \(place) twice") }
        case "response.output_item.done": if open.remove(place) == nil { mistakes.append("item \(place) done") }
        case "response.completed", "response.incomplete", "response.failed":
            hasEnded = true
            if !open.isEmpty { mistakes.append("items are open at the end") }
        case "response.created", "response.in_progress": break
        default: if !open.contains(place) { mistakes.append("\(type) of item \(place)") }
        }
    }
}

/// JSON, words and events by chance, the same for the same seed.
struct RandomText {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed &>> 31)) % UInt64(bound))
    }

    mutating func chance(_ share: Double) -> Bool { Double(next(1000)) < share * 1000 }

    mutating func noise() -> [UInt8] { (0..<next(40)).map { _ in UInt8(next(256)) } }

    private static let words = [
        "model", "messages", "role", "content", "user", "assistant", "system", "text", "type", "tool_use",
        "tool_result", "thinking", "redacted_thinking", "signature", "data", "id", "name", "input", "tools",
        "tool_choice", "source", "image", "document", "message_start", "message", "content_block_start",
        "content_block_delta", "index", "delta", "content_block", "text_delta", "input_json_delta",
        "partial_json", "content_block_stop", "message_delta", "usage", "stop_reason", "end_turn",
        "message_stop", "error", "input_tokens", "output_tokens", "output", "item", "output_index", "response",
        "response.created", "response.output_item.added", "response.output_item.done",
        "response.output_text.delta", "response.function_call_arguments.delta", "response.completed",
        "function_call", "function_call_output", "reasoning", "summary", "encrypted_content", "call_id",
        "arguments", "status", "choices", "finish_reason", "tool_calls", "function", "candidates", "parts",
        "contents", "functionCall", "thought", "toolUse", "contentBlockStart", "contentBlockDelta",
        "messageStop", "metadata", "tool-call-start", "content-delta", "max_tokens",
    ]

    mutating func word() -> String { Self.words[next(Self.words.count)] }

    mutating func object(depth: Int) -> String {
        let members = (0..<next(7)).map { _ in "\"\(word())\":\(value(depth: depth - 1))" }
        return "{" + members.joined(separator: ",") + "}"
    }

    private mutating func value(depth: Int) -> String {
        switch next(depth > 0 ? 10 : 6) {
        case 0: return ["null", "true", "false"][next(3)]
        case 1: return ["-1", "0", "1", "1e400", "9223372036854775807", "0.5", "128"][next(7)]
        case 2, 3, 4: return "\"\(word())\""
        case 5: return ["\"\"", "\"\\ud83d\"", "\"{\\\"a\\\":\"", "\"data:image/png;base64,AA==\""][next(4)]
        case 6, 7:
            let elements = (0..<next(4)).map { _ in value(depth: depth - 1) }
            return "[" + elements.joined(separator: ",") + "]"
        default: return object(depth: depth)
        }
    }

    mutating func event() -> AnswerEvent {
        let choice = next(10) == 0 ? [1, -1, 1000][next(3)] : 0
        let index = [0, 0, 1, 2, -1, 200][next(6)]
        switch next(16) {
        case 0: return .began(id: word(), model: word(), usage: nil)
        case 1, 2: return .text(choice: choice, word())
        case 3: return .reasoning(choice: choice, word())
        case 4: return .reasoningSignature(choice: choice, word())
        case 5: return .redactedReasoning(choice: choice, data: word(), id: chance(0.5) ? word() : nil)
        case 6: return .refusal(choice: choice, word())
        case 7, 8:
            return .toolCallBegan(
                choice: choice, index: index, id: word(), name: word(), signature: chance(0.3) ? word() : nil)
        case 9, 10: return .toolArguments(choice: choice, index: index, Array(value(depth: 1).utf8))
        case 11: return .logprobs(choice: choice, Array(object(depth: 2).utf8))
        case 12: return .opaque(choice: choice, type: word(), json: Array(object(depth: 2).utf8))
        case 13: return .opaque(choice: choice, type: "citations_delta", json: Array(object(depth: 2).utf8))
        case 14: return .usage(TokenUsage(), serviceTier: nil)
        default: return next(4) == 0 ? .finished(choice: choice, Stop(.end)) : .audio(choice: choice, Array("{}".utf8))
        }
    }
}
