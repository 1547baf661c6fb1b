import Bytes
import Dialects
import Foundation
import Testing
import Vocabulary

/// Every pair of formats, shown: a caller's request as each provider gets it, a provider's answer as each caller does.
@Suite struct GoldenTests {
    @Test(arguments: GoldenFiles.requests)
    func requestsBecomeTheProvidersOwn(_ input: GoldenCase) throws {
        let caller = try #require(GoldenCodecs.caller(input.format), "no caller codec named \(input.format)")
        let body = try #require(GoldenFiles.read(input.path))
        let path = CallerPath(model: "the-model", streams: input.name.contains("stream"))
        for provider in GoldenCodecs.providers {
            let result = try GoldenRun.request(body, caller, path, provider.codec)
            GoldenFiles.expect(PrettyJSON.bytes(result), at: input.path(to: provider.format.rawValue, "json"))
        }
    }

    @Test(arguments: GoldenFiles.answers)
    func answersBecomeTheCallersOwn(_ input: GoldenCase) throws {
        let provider = try #require(GoldenCodecs.provider(input.format), "no provider codec named \(input.format)")
        let body = try #require(GoldenFiles.read(input.path))
        let answer = try body.withUnsafeBytes { provider.decode(try JSONView.parse($0)) }
        for caller in GoldenCodecs.callers {
            let bytes = caller.codec.encode(answer, context: GoldenRun.context(caller.format, streams: false))
            GoldenFiles.expect(PrettyJSON.bytes(bytes), at: input.path(to: caller.format.rawValue, "json"))
        }
    }

    @Test(arguments: GoldenFiles.streams)
    func streamsBecomeTheCallersOwn(_ input: GoldenCase) throws {
        let provider = try #require(GoldenCodecs.provider(input.format), "no provider codec named \(input.format)")
        let bytes = try #require(GoldenFiles.read(input.path))
        let events = try GoldenRun.events(bytes, type: input.type, provider)
        for caller in GoldenCodecs.callers {
            var encoder = caller.codec.streamEncoder(context: GoldenRun.context(caller.format, streams: true))
            var output: [UInt8] = []
            for event in events { encoder.encode(event, into: &output) }
            encoder.finish(into: &output)
            GoldenFiles.expect(output, at: input.path(to: caller.format.rawValue, "sse"))
        }
    }

    /// However the network cuts a stream, it means the same.
    @Test(arguments: GoldenFiles.streams.filter { $0.type == "sse" })
    func streamsMeanTheSameHoweverTheyAreCut(_ input: GoldenCase) throws {
        let provider = try #require(GoldenCodecs.provider(input.format), "no provider codec named \(input.format)")
        let bytes = try #require(GoldenFiles.read(input.path))
        let whole = try GoldenRun.events(bytes, type: input.type, provider)
        for size in [1, 7, 64] {
            let cut = try GoldenRun.events(bytes, type: input.type, provider, chunk: size)
            #expect(cut == whole, "cut every \(size) bytes")
        }
    }

    @Test(arguments: GoldenFiles.errors)
    func errorsAreUnderstood(_ input: GoldenCase) throws {
        let provider = try #require(GoldenCodecs.provider(input.format), "no provider codec named \(input.format)")
        let body = try #require(GoldenFiles.read(input.path))
        let status = try #require(
            input.name.split(separator: ".").last.flatMap { Int($0) }, "name it <case>.<status>.error.json")
        let error = body.withUnsafeBytes { provider.error($0, status: status) }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("kind", error.kind.rawValue)
            writer.member("code", error.code)
            writer.member("message", error.message)
            if let parameter = error.parameter { writer.member("parameter", parameter) }
        }
        GoldenFiles.expect(PrettyJSON.bytes(writer.bytes), at: input.path(to: "error", "json"))
    }

    @Test func everyCellHasPairs() {
        for cell in GoldenCodecs.cells {
            let (caller, provider) = (cell.caller.rawValue, cell.provider.rawValue)
            let kinds = [
                ("request", GoldenFiles.requests.filter { $0.format == caller }.map { $0.path(to: provider, "json") }),
                ("answer", GoldenFiles.answers.filter { $0.format == provider }.map { $0.path(to: caller, "json") }),
                ("stream", GoldenFiles.streams.filter { $0.format == provider }.map { $0.path(to: caller, "sse") }),
            ]
            for (kind, paths) in kinds {
                #expect(
                    paths.contains { GoldenFiles.read($0) != nil }, "\(caller) to \(provider) has no golden \(kind)")
            }
        }
    }
}

/// One translation.
enum GoldenRun {
    /// `{"body", "changes"}`, or `{"fault"}` where it can't be sent.
    static func request(
        _ body: [UInt8], _ caller: any CallerCodec.Type, _ path: CallerPath, _ provider: any ProviderCodec.Type,
        target: EncodingTarget = EncodingTarget(model: "target-model")
    ) throws -> [UInt8] {
        var writer = JSONWriter()
        var changes: [ParameterChange] = []
        do {
            let request = try body.withUnsafeBytes { try caller.decode(try JSONView.parse($0), call: path) }
            let bytes = try provider.encode(request, target: target, changes: &changes)
            try bytes.withUnsafeBytes { _ = try JSONView.parse($0) }
            writer.object { writer in
                writer.member("body", json: bytes)
                writer.array("changes") { writer in
                    for change in changes { write(change, to: &writer) }
                }
            }
        } catch let fault as TranslationFault {
            writer = JSONWriter()
            writer.object { writer in
                writer.object("fault") { writer in
                    writer.member("member", fault.member)
                    writer.member("message", fault.message)
                }
            }
        }
        return writer.bytes
    }

    private static func write(_ change: ParameterChange, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", change.name)
            writer.member("action", change.action.rawValue)
            writer.member("detail", change.detail)
        }
    }

    static func context(_ format: WireFormat, streams: Bool) -> AnswerContext {
        var request = ModelRequest(source: format, model: "the-model")
        request.turns = [Turn(.user, [Part(.text("Hello"))])]
        request.streams = streams
        request.includesUsage = true
        return AnswerContext(model: "the-model", requestID: "0198c0de", createdAt: 1_760_000_000, request: request)
    }

    /// What a stream means.
    ///
    /// - Parameters:
    ///   - type: `sse`, or `events.json` for binary frames that are kept as a list of `{"type", "data"}`.
    ///   - chunk: How many bytes arrive at once; all of them where `nil`.
    static func events(
        _ bytes: [UInt8], type: String, _ provider: any ProviderCodec.Type, chunk: Int? = nil
    ) throws -> [AnswerEvent] {
        var decoder = provider.streamDecoder()
        var events: [AnswerEvent] = []
        if type == "sse" {
            var framer = SSEFramer(maximumEventBytes: 1 << 20)
            let size = chunk ?? max(1, bytes.count)
            for start in stride(from: 0, to: bytes.count, by: size) {
                let piece = Array(bytes[start..<min(bytes.count, start + size)])
                try piece.withUnsafeBytes { buffer in
                    try framer.feed(buffer) { decoder.receive(name: $0.name, data: $0.data, into: &events) }
                }
            }
            _ = framer.finish { decoder.receive(name: $0.name, data: $0.data, into: &events) }
        } else {
            try bytes.withUnsafeBytes { buffer in
                for frame in try JSONView.parse(buffer).elements {
                    let name = Array((frame["type"]?.string ?? "").utf8)
                    guard let data = frame["data"] else { continue }
                    name.withUnsafeBytes { decoder.receive(name: $0, data: data.raw, into: &events) }
                }
            }
        }
        decoder.end(into: &events)
        return events
    }
}
