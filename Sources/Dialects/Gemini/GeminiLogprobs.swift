import Bytes

/// Turns `logprobsResult` into OpenAI's `logprobs` object and back.
enum GeminiLogprobs {
    static func openAI(_ result: JSONView) -> [UInt8]? {
        guard let chosen = result.camel("chosenCandidates") else { return nil }
        let tops = (result.camel("topCandidates")?.elements).map { Array($0) } ?? []
        var writer = JSONWriter()
        writer.object { writer in
            writer.array("content") { writer in
                for (index, candidate) in chosen.elements.enumerated() {
                    let top = index < tops.count ? tops[index]["candidates"] : nil
                    write(candidate, top, to: &writer)
                }
            }
        }
        return writer.bytes
    }

    private static func write(_ candidate: JSONView, _ top: JSONView?, to writer: inout JSONWriter) {
        writer.object { writer in
            writeToken(candidate, to: &writer)
            writer.array("top_logprobs") { writer in
                for element in top?.elements.map({ $0 }) ?? [] {
                    writer.object { writeToken(element, to: &$0) }
                }
            }
        }
    }

    private static func writeToken(_ candidate: JSONView, to writer: inout JSONWriter) {
        let token = candidate["token"]?.string ?? ""
        writer.member("token", token)
        writer.key("logprob")
        if let value = candidate.camel("logProbability"), value.kind == .number {
            writer.raw(value.raw)
        } else {
            writer.int(0)
        }
        writer.array("bytes") { writer in
            for byte in token.utf8 { writer.int(Int64(byte)) }
        }
    }

    /// Writes `logprobsResult` from OpenAI's object.
    static func write(_ logprobs: [UInt8], to writer: inout JSONWriter) {
        JSONText.read(logprobs) { view in
            guard let content = view["content"], content.kind == .array else { return }
            writer.object("logprobsResult") { writer in
                writer.array("topCandidates") { writer in
                    for token in content.elements { writeTop(token["top_logprobs"], to: &writer) }
                }
                writer.array("chosenCandidates") { writer in
                    for token in content.elements { writeCandidate(token, to: &writer) }
                }
            }
        }
    }

    private static func writeTop(_ top: JSONView?, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.array("candidates") { writer in
                for token in top?.elements.map({ $0 }) ?? [] { writeCandidate(token, to: &writer) }
            }
        }
    }

    private static func writeCandidate(_ token: JSONView, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("token", token["token"]?.string ?? "")
            if let value = token["logprob"], value.kind == .number { writer.member("logProbability", json: value.json) }
        }
    }
}
