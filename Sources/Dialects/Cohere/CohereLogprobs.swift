import Bytes

/// Turns Cohere's log probabilities into OpenAI's `logprobs` object.
enum CohereLogprobs {
    /// - Parameter items: Each with a `text` and the `logprobs` of the tokens that it consists of.
    static func openAI(_ items: [JSONView]) -> [UInt8]? {
        var writer = JSONWriter()
        var count = 0
        writer.object { writer in
            writer.array("content") { writer in
                for item in items {
                    guard let probabilities = item["logprobs"], probabilities.kind == .array else { continue }
                    count += 1
                    write(item["text"]?.string ?? "", probabilities, to: &writer)
                }
            }
        }
        return count > 0 ? writer.bytes : nil
    }

    /// A text of several tokens is as probable as all of them together.
    private static func write(_ text: String, _ probabilities: JSONView, to writer: inout JSONWriter) {
        let values = probabilities.elements.compactMap { $0.double }
        writer.object { writer in
            writer.member("token", text)
            writer.key("logprob")
            writer.double(values.reduce(0, +))
            writer.array("bytes") { writer in
                for byte in text.utf8 { writer.int(Int64(byte)) }
            }
            writer.array("top_logprobs") { _ in }
        }
    }
}
