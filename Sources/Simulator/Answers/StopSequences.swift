/// Finds where a stop sequence ends a text.
enum StopSequences {
    /// The text before the earliest stop sequence and that sequence; `nil` if none occurs.
    static func first(of stops: [String], in text: String) -> (text: String, sequence: String)? {
        var best: (offset: Int, sequence: String)?
        let bytes = Array(text.utf8)
        for stop in stops where !stop.isEmpty {
            guard let offset = offset(of: Array(stop.utf8), in: bytes) else { continue }
            if best.map({ offset < $0.offset }) ?? true { best = (offset, stop) }
        }
        guard let best else { return nil }
        return (String(decoding: bytes[..<best.offset], as: UTF8.self), best.sequence)
    }

    private static func offset(of needle: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= needle.count else { return nil }
        return (0...(bytes.count - needle.count)).first { bytes[$0...].starts(with: needle) }
    }
}
