import Bytes
package import Vocabulary

/// Reads the results of a batch as they stream by, line by line: what each line used, by model.
///
/// OpenAI's output files (`/v1/files/{id}/content`) and Anthropic's results (`/v1/messages/batches/{id}/results`) are
/// both lines of JSON with a `custom_id`. A line that is longer than the bound is not kept but counted.
package struct BatchResults: Sendable {
    /// What a file of results used.
    package struct Totals: Sendable, Equatable {
        /// In the order in which models came.
        package var models: [(name: String, usage: TokenUsage)] = []
        package var succeeded = 0
        package var failed = 0
        /// Lines that are no result, or longer than the bound: their usage is not known.
        package var unread = 0

        package init() {}

        /// Whether it held results at all: other files go the same way.
        package var isOfBatch: Bool { succeeded + failed > 0 }

        /// Equal figures of the same models in the same order.
        package static func == (a: Totals, b: Totals) -> Bool {
            a.models.elementsEqual(b.models, by: ==) && a.succeeded == b.succeeded && a.failed == b.failed
                && a.unread == b.unread
        }
    }

    private var line: [UInt8] = []
    private var isSkipping = false
    private var isOther = false
    private var totals = Totals()
    private let longestLine: Int

    /// - Parameter longestLine: In bytes. 16 MiB hold the longest answers, embeddings of thousands of texts included.
    package init(longestLine: Int = 16 << 20) { self.longestLine = longestLine }

    /// True for a path (without the query) under which results are fetched.
    package static func isServed(at path: Substring) -> Bool {
        let parts = path.split(separator: "/")
        guard parts.count >= 3 else { return false }
        let tail = parts.suffix(3).map(String.init)
        return tail[0] == "files" && tail[2] == "content" || tail[0] == "batches" && tail[2] == "results"
    }

    /// Takes the next bytes of the answer, cut wherever.
    package mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        guard !isOther else { return }
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0A) {
            take(rest[..<end])
            endLine()
            guard !isOther else { return }
            rest = rest[(end + 1)...]
        }
        take(rest)
    }

    /// What was read, the last line included, which may lack its end.
    package mutating func finish() -> Totals {
        if !isOther, !line.isEmpty || isSkipping { endLine() }
        return totals
    }

    private mutating func take(_ bytes: Slice<UnsafeRawBufferPointer>) {
        guard !isSkipping else { return }
        if line.count + bytes.count > longestLine {
            isSkipping = true
            line = []
        } else {
            line.append(contentsOf: bytes)
        }
    }

    private mutating func endLine() {
        defer {
            line.removeAll(keepingCapacity: true)
            isSkipping = false
        }
        guard !isSkipping else {
            totals.unread += 1
            return
        }
        guard line.contains(where: { $0 > 0x20 }) else { return }
        let isResult = line.withUnsafeBytes { Self.read($0, into: &totals) }
        if isResult { return }
        // A file whose first line is no result is some other file: its lines are nobody's business.
        if totals.isOfBatch { totals.unread += 1 } else { isOther = true }
    }

    /// False where the line is no result.
    private static func read(_ bytes: UnsafeRawBufferPointer, into totals: inout Totals) -> Bool {
        guard let root = try? JSONView.parse(bytes), root["custom_id"]?.string != nil else { return false }
        if let result = root["result"], let type = result["type"]?.string {
            readAnthropic(result, type: type, into: &totals)
            return true
        }
        guard root["response"] != nil || root["error"] != nil else { return false }
        readOpenAI(root["response"], into: &totals)
        return true
    }

    private static func readOpenAI(_ response: JSONView?, into totals: inout Totals) {
        let status = response?["status_code"]?.int64 ?? 0
        guard (200..<300).contains(status), let body = response?["body"] else {
            totals.failed += 1
            return
        }
        totals.succeeded += 1
        guard let usage = body["usage"] else { return }
        totals.add(OpenAIUsage.read(usage), model: body["model"]?.string ?? "")
    }

    private static func readAnthropic(_ result: JSONView, type: String, into totals: inout Totals) {
        guard type == "succeeded", let message = result["message"] else {
            totals.failed += 1
            return
        }
        totals.succeeded += 1
        guard let usage = message["usage"] else { return }
        totals.add(AnthropicUsage.read(usage), model: message["model"]?.string ?? "")
    }
}

extension BatchResults.Totals {
    /// A batch is for one model as a rule; more than this are an odd file, and count as the last.
    private static let mostModels = 64

    fileprivate mutating func add(_ usage: TokenUsage, model: String) {
        if let place = models.firstIndex(where: { $0.name == model }) {
            models[place].usage.add(usage)
        } else if models.count < Self.mostModels {
            models.append((model, usage))
        } else {
            models[models.count - 1].usage.add(usage)
        }
    }
}

extension TokenUsage {
    /// Adds bucket by bucket; stays at the highest number.
    fileprivate mutating func add(_ other: TokenUsage) {
        let buckets: [WritableKeyPath<TokenUsage, Int64>] = [
            \.uncachedInput, \.cacheRead, \.cacheWrite5m, \.cacheWrite1h, \.audioInput, \.imageInput, \.outputText,
            \.reasoning, \.audioOutput, \.serverToolCalls,
        ]
        for bucket in buckets {
            let (sum, overflows) = self[keyPath: bucket].addingReportingOverflow(other[keyPath: bucket])
            self[keyPath: bucket] = overflows ? .max : sum
        }
    }
}
