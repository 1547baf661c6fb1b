import Telemetry
import Vocabulary

/// Calls taken apart one after the other, with all their pieces.
final class Recorded {
    private(set) var splits: [(request: BodySplitter.Split, response: BodySplitter.Split)] = []
    private var sink = ContentSink()

    var pieces: Int { sink.pieces.count }

    var contents: [ContentHash: [UInt8]] {
        Dictionary(uniqueKeysWithValues: sink.pieces.map { ($0.hash, $0.bytes) })
    }

    func add(_ request: String, _ response: String) {
        let bodies = (Array(request.utf8), Array(response.utf8))
        let split = bodies.0.withUnsafeBytes { BodySplitter.request($0, project: "p", sink: &sink) }
        splits.append((split, bodies.1.withUnsafeBytes { BodySplitter.response($0, project: "p", sink: &sink) }))
    }

    func manifest(_ index: Int, _ side: BodyRebuilder.Side) -> BodyManifest {
        side == .request ? splits[index].request.manifest : splits[index].response.manifest
    }

    func messages(_ index: Int, _ side: BodyRebuilder.Side) -> [String] {
        BodyRebuilder.messages(manifest(index, side), contents: contents, side: side)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    func body(_ index: Int, _ side: BodyRebuilder.Side) -> String? {
        BodyRebuilder.body(manifest(index, side), contents: contents).map { String(decoding: $0, as: UTF8.self) }
    }
}
