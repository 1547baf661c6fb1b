import Bytes
import Dialects
import Testing
import Vocabulary

/// Whatever comes in, no codec traps: a request is read or refused, an answer or a stream is understood as far as it goes.
@Suite struct HostileInputTests {
    static let callers = GoldenCodecs.callers.map(\.format.rawValue)
    static let providers = GoldenCodecs.providers.map(\.format.rawValue)
    /// How often each input is broken. A few suffice to notice; raise it after a change of readers.
    static let rounds = 8

    @Test(arguments: callers)
    func oddRequestsAreReadOrRefused(_ format: String) throws {
        let caller = try #require(GoldenCodecs.caller(format))
        var random = SplitMix(seed: 1)
        for seed in OddJSON.seeds(GoldenFiles.requests.filter { $0.format == format }) {
            for _ in 0..<HostileInputTests.rounds {
                let body = OddJSON.mutated(seed, &random)
                for provider in GoldenCodecs.providers {
                    let result = try GoldenRun.request(body, caller, CallerPath(model: "m"), provider.codec)
                    #expect(!result.isEmpty)
                }
            }
        }
    }

    @Test(arguments: providers)
    func oddAnswersAreReadAsFarAsTheyGo(_ format: String) throws {
        let provider = try #require(GoldenCodecs.provider(format))
        var random = SplitMix(seed: 2)
        for seed in OddJSON.seeds(GoldenFiles.answers.filter { $0.format == format }) {
            for _ in 0..<HostileInputTests.rounds {
                let body = OddJSON.mutated(seed, &random)
                let answer = try body.withUnsafeBytes { provider.decode(try JSONView.parse($0)) }
                for caller in GoldenCodecs.callers {
                    let bytes = caller.codec.encode(answer, context: GoldenRun.context(caller.format, streams: false))
                    #expect(throws: Never.self, "\(caller.format) wrote no JSON") {
                        try bytes.withUnsafeBytes { _ = try JSONView.parse($0) }
                    }
                }
                let error = body.withUnsafeBytes { provider.error($0, status: 400 + Int(random.next() % 200)) }
                #expect(!error.message.isEmpty)
            }
        }
    }

    @Test(arguments: GoldenFiles.streams)
    func brokenStreamsAreReadAsFarAsTheyGo(_ input: GoldenCase) throws {
        let provider = try #require(GoldenCodecs.provider(input.format))
        let bytes = try #require(GoldenFiles.read(input.path))
        var random = SplitMix(seed: 3)
        for _ in 0..<HostileInputTests.rounds {
            let broken = input.type == "sse" ? OddJSON.flipped(bytes, &random) : OddJSON.mutated(bytes, &random)
            let events = try GoldenRun.events(broken, type: input.type, provider, chunk: 50)
            for caller in GoldenCodecs.callers {
                var encoder = caller.codec.streamEncoder(context: GoldenRun.context(caller.format, streams: true))
                var output: [UInt8] = []
                for event in events { encoder.encode(event, into: &output) }
                encoder.finish(into: &output)
                #expect(!output.isEmpty)
            }
        }
    }

    @Test(arguments: providers)
    func noiseIsNoStream(_ format: String) throws {
        let provider = try #require(GoldenCodecs.provider(format))
        var random = SplitMix(seed: 4)
        var decoder = provider.streamDecoder()
        var events: [AnswerEvent] = []
        for _ in 0..<2_000 {
            let noise = (0..<Int(random.next() % 80)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            noise.withUnsafeBytes { decoder.receive(name: $0, data: $0, into: &events) }
            let odd = OddJSON.value(depth: 4, &random)
            odd.withUnsafeBytes {
                decoder.receive(name: UnsafeRawBufferPointer(rebasing: $0.prefix(3)), data: $0, into: &events)
            }
        }
        decoder.end(into: &events)
        #expect(events.count < 8_000)
    }

    /// Splices of any request, whatever the preset, stay JSON.
    @Test(arguments: ProviderPreset.all)
    func splicesStayJSON(_ preset: ProviderPreset) throws {
        var random = SplitMix(seed: 5)
        let target = EncodingTarget(model: "m", quirks: preset.quirks)
        let inputs = GoldenFiles.requests.filter { $0.format == "openai-chat" }
        for seed in OddJSON.seeds(inputs) + [try #require(GoldenFiles.read("presets/_request.json"))] {
            for _ in 0..<HostileInputTests.rounds {
                var changes: [ParameterChange] = []
                let body = OddJSON.mutated(seed, &random)
                for format in [WireFormat.openAIChat, .openAICompletions, .anthropicMessages] {
                    #expect(throws: Never.self) { _ = try Splice.apply(body, target, format: format, &changes) }
                }
            }
        }
    }
}

/// Sebastiano Vigna's splitmix64: small, and the same everywhere.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// JSON that nobody would write.
enum OddJSON {
    private static let atoms = [
        "null", "true", "false", "0", "-1", "1e400", "9223372036854775807", "-9223372036854775808", "0.1", "\"\"",
        "\"text\"", "\"\\ud800\"", "\"data:image/png;base64,\"", "[]", "{}", "\"tool_calls\"", "\"user\"",
        "\"assistant\"",
        "\"function\"", "[[]]", "[null]", "128", "\"12\"", "\"[DONE]\"", "\"https://example.com/x.pdf\"",
    ]

    static func seeds(_ cases: [GoldenCase]) -> [[UInt8]] { cases.compactMap { GoldenFiles.read($0.path) } }

    static func value(depth: Int, _ random: inout SplitMix) -> [UInt8] {
        guard depth > 0, random.next() % 3 != 0 else {
            return Array(atoms[Int(random.next() % UInt64(atoms.count))].utf8)
        }
        let names = [
            "type", "id", "choices", "delta", "index", "content", "message", "candidates", "parts", "event", "text",
            "item", "usage", "error", "contentBlockIndex", "output", "response", "tool_calls", "functionCall",
            "reasoning",
        ]
        let isObject = random.next() % 2 == 0
        let items = (0..<Int(random.next() % 5)).map { _ -> [UInt8] in
            let item = value(depth: depth - 1, &random)
            let name = names[Int(random.next() % UInt64(names.count))]
            return isObject ? Array("\"\(name)\":".utf8) + item : item
        }
        let body = Array(items.joined(separator: [0x2C]))
        return isObject ? [0x7B] + body + [0x7D] : [0x5B] + body + [0x5D]
    }

    /// Valid JSON with some values replaced by others, members repeated or left out.
    static func mutated(_ seed: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        seed.withUnsafeBytes { bytes in
            guard let root = try? JSONView.parse(bytes) else { return Array("{}".utf8) }
            var output: [UInt8] = []
            append(root, isRoot: true, &random, to: &output)
            return output
        }
    }

    private static func append(_ view: JSONView, isRoot: Bool, _ random: inout SplitMix, to output: inout [UInt8]) {
        if !isRoot, random.next() % 24 == 0 {
            output += value(depth: 2, &random)
            return
        }
        var items: [[UInt8]] = []
        switch view.kind {
        case .object:
            for (key, value) in view.members {
                var item = [0x22] + Array(key.raw) + [0x22, 0x3A]
                append(value, isRoot: false, &random, to: &item)
                keep(item, &random, in: &items)
            }
            output += [0x7B] + Array(items.joined(separator: [0x2C])) + [0x7D]
        case .array:
            for element in view.elements {
                var item: [UInt8] = []
                append(element, isRoot: false, &random, to: &item)
                keep(item, &random, in: &items)
            }
            output += [0x5B] + Array(items.joined(separator: [0x2C])) + [0x5D]
        default: output += Array(view.raw)
        }
    }

    private static func keep(_ item: [UInt8], _ random: inout SplitMix, in items: inout [[UInt8]]) {
        switch random.next() % 30 {
        case 0: break
        case 1: items += [item, item]
        default: items.append(item)
        }
    }

    /// Some bytes changed, some left out, the end perhaps missing.
    static func flipped(_ seed: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var bytes = seed
        for _ in 0..<(1 + Int(random.next() % 6)) where !bytes.isEmpty {
            let index = Int(random.next() % UInt64(bytes.count))
            if random.next() % 3 == 0 {
                bytes.remove(at: index)
            } else {
                bytes[index] = UInt8(truncatingIfNeeded: random.next())
            }
        }
        if random.next() % 4 == 0 { bytes.removeLast(Int(random.next() % UInt64(max(1, bytes.count)))) }
        return bytes
    }
}
