import Bytes
package import Dialects

/// Gives a stored answer again, whole or as a stream, whichever the caller asked for now.
package enum StoredReplay {
    /// The whole answer. One that came as a stream is written anew, so that it has what a whole answer has.
    package static func whole(_ stored: StoredAnswer, context: AnswerContext?) -> [UInt8] {
        guard stored.isAssembled, let context, let answer = decode(stored) else { return stored.body }
        return stored.format?.callerCodec?.encode(answer, context: context) ?? stored.body
    }

    /// The answer as the events of a stream, in chunks of a few events, as a network would bring them; `nil` for what
    /// can't be streamed.
    package static func stream(_ stored: StoredAnswer, context: AnswerContext) -> [[UInt8]]? {
        guard let answer = decode(stored), let codec = stored.format?.callerCodec else { return nil }
        var encoder = codec.streamEncoder(context: context)
        var chunks: [[UInt8]] = []
        var chunk: [UInt8] = []
        for event in answer.events.flatMap(\.pieces) {
            encoder.encode(event, into: &chunk)
            guard chunk.count >= chunkBytes else { continue }
            chunks.append(chunk)
            chunk = []
        }
        encoder.finish(into: &chunk)
        if !chunk.isEmpty { chunks.append(chunk) }
        return chunks
    }

    /// What one write to a socket takes easily.
    private static let chunkBytes = 16 << 10

    private static func decode(_ stored: StoredAnswer) -> ModelAnswer? {
        guard let format = stored.format else { return nil }
        return stored.body.withUnsafeBytes { bytes in
            guard let root = try? JSONView.parse(bytes, limits: JSONLimits(maximumDepth: 512)), root.kind == .object
            else { return nil }
            let answer = format.providerCodec.decode(root)
            return answer.choices.isEmpty ? nil : answer
        }
    }
}

extension AnswerEvent {
    /// A long text in several deltas: clients that show text as it comes expect more than one.
    var pieces: [AnswerEvent] {
        switch self {
        case .text(let choice, let text): text.pieces.map { .text(choice: choice, $0) }
        case .reasoning(let choice, let text): text.pieces.map { .reasoning(choice: choice, $0) }
        default: [self]
        }
    }
}

extension String {
    /// Two hundred Unicode scalars each.
    fileprivate var pieces: [String] {
        guard utf8.count > 400 else { return [self] }
        var pieces: [String] = []
        var piece = String.UnicodeScalarView()
        var count = 0
        for scalar in unicodeScalars {
            piece.append(scalar)
            count += 1
            guard count == 200 else { continue }
            pieces.append(String(piece))
            piece = String.UnicodeScalarView()
            count = 0
        }
        if count > 0 { pieces.append(String(piece)) }
        return pieces
    }
}
