import Bytes
import Vocabulary

/// Text gathered from the fragments of a stream, up to a limit that one answer's parts share.
struct RecordedText: Sendable {
    private(set) var bytes: [UInt8] = []

    var isEmpty: Bool { bytes.isEmpty }

    /// Appends a fragment's text. Fragments beyond the budget are counted, not kept.
    mutating func append(_ fragment: JSONView?, _ budget: inout RecordingBudget) {
        guard let fragment, fragment.kind == .string else { return }
        let size = fragment.raw.count - 2
        guard budget.take(size) else { return }
        _ = fragment.appendDecodedString(to: &bytes)
    }

    func write(to writer: inout JSONWriter) {
        bytes.withUnsafeBytes { writer.string(utf8: $0) }
    }
}

/// How much of an answer has been kept, and how much there was.
struct RecordingBudget: Sendable {
    let limit: Int
    private var kept = 0
    /// Bytes of content seen, kept or not; the basis of estimates.
    private(set) var seen = 0
    private(set) var truncated = false

    init(limit: Int) { self.limit = limit }

    /// Asks for room for `count` more bytes. Once refused, always refused, so that a record never has holes.
    mutating func take(_ count: Int) -> Bool {
        seen += count
        guard !truncated, kept + count <= limit else {
            truncated = true
            return false
        }
        kept += count
        return true
    }

    /// About four bytes of English text make a token in current tokenizers; good enough where marked as an estimate.
    var estimatedTokens: Int64 { Int64((seen + 3) / 4) }
}

extension ObservedAnswer {
    /// Takes over what a stream reported, or else an estimate from the content that was seen.
    mutating func settle(_ usage: TokenUsage?, budget: RecordingBudget) {
        truncated = budget.truncated
        if let usage {
            self.usage = usage
            usageSource = .reported
        } else if budget.seen > 0 {
            self.usage.outputText = budget.estimatedTokens
            usageSource = .estimated
        }
    }
}
