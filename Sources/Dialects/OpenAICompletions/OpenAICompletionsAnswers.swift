import Bytes
import Vocabulary

/// Reads a whole legacy completion.
enum OpenAICompletionsAnswerReader {
    static func read(_ root: JSONView) -> ModelAnswer {
        var answer = ModelAnswer(id: root["id"]?.string ?? "", model: root["model"]?.string ?? "")
        for choice in root["choices"].map({ Array($0.elements) }) ?? [] {
            let position = answer.choices.count
            guard position < OpenAIChatAnswerReader.indexLimit else { break }
            let text = choice["text"]?.string ?? ""
            let native = choice["finish_reason"]?.string ?? ""
            answer.choices.append(
                ModelAnswer.Choice(
                    index: OpenAIIndex.read(choice["index"], otherwise: position),
                    parts: text.isEmpty ? [] : [Part(.text(text))],
                    stop: OpenAIChatStops.read(native, calledTools: false, refused: false),
                    logprobs: choice["logprobs"]?.unlessNull.map(LegacyLogprobs.modern)))
        }
        if let usage = root["usage"], usage.kind == .object { answer.usage = OpenAIChatUsage.read(usage) }
        answer.systemFingerprint = root["system_fingerprint"]?.string
        return answer
    }
}

/// Writes a whole legacy completion.
enum OpenAICompletionsAnswerWriter {
    static func write(_ answer: ModelAnswer, context: AnswerContext) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            writer.member("id", OpenAIChatAnswerWriter.id(answer.id, prefix: "cmpl-", context))
            writer.member("object", "text_completion")
            writer.member("created", context.createdAt)
            writer.member("model", answer.model.isEmpty ? context.model : answer.model)
            writer.array("choices") { writer in
                for choice in answer.choices { write(choice, to: &writer) }
            }
            if let usage = answer.usage {
                writer.key("usage")
                OpenAIChatUsage.write(usage, to: &writer)
            }
            if let fingerprint = answer.systemFingerprint { writer.member("system_fingerprint", fingerprint) }
        }
        return writer.bytes
    }

    private static func write(_ choice: ModelAnswer.Choice, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("text", text(choice.parts))
            writer.member("index", Int64(choice.index))
            writer.key("logprobs")
            if let logprobs = choice.logprobs {
                writer.raw(LegacyLogprobs.legacy(logprobs, offset: 0).json)
            } else {
                writer.null()
            }
            writer.member("finish_reason", finishReason(choice.stop))
        }
    }

    /// A completion is text: thinking and calls have no place in it, a refusal's words do.
    private static func text(_ parts: [Part]) -> String {
        var text = ""
        for part in parts {
            switch part.content {
            case .text(let words), .refusal(let words): text += words
            default: break
            }
        }
        return text
    }

    static func finishReason(_ stop: Stop) -> String {
        let word = OpenAIChatStops.write(stop, refused: false)
        return word == "tool_calls" ? "stop" : word
    }
}

/// Log probabilities of completions, which list by kind what chat lists by token.
enum LegacyLogprobs {
    /// Completions' object as chat's.
    static func modern(_ logprobs: JSONView) -> [UInt8] {
        let tokens = logprobs["tokens"].map { Array($0.elements) } ?? []
        let values = logprobs["token_logprobs"].map { Array($0.elements) } ?? []
        let tops = logprobs["top_logprobs"].map { Array($0.elements) } ?? []
        return JSONText.written { writer in
            writer.object { writer in
                writer.array("content") { writer in
                    for (index, token) in tokens.enumerated() {
                        writer.object { writer in
                            pair(token.string ?? "", index < values.count ? values[index] : nil, to: &writer)
                            writer.array("top_logprobs") { writer in
                                guard index < tops.count else { return }
                                for (key, value) in tops[index].members {
                                    writer.object { pair(key.string, value, to: &$0) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static func pair(_ token: String, _ value: JSONView?, to writer: inout JSONWriter) {
        writer.member("token", token)
        writer.key("logprob")
        if let value { writer.raw(value.raw) } else { writer.null() }
        writer.key("bytes")
        writer.null()
    }

    /// Chat's object as completions', and where the text after these tokens begins.
    ///
    /// - Parameter offset: Where the first token begins in the whole text, in characters.
    static func legacy(_ logprobs: [UInt8], offset: Int) -> (json: [UInt8], end: Int) {
        JSONText.read(logprobs) { view in
            let tokens = view["content"].map { Array($0.elements) } ?? []
            var end = offset
            let json = JSONText.written { writer in
                writer.object { writer in
                    writer.member("tokens", tokens.map { $0["token"]?.string ?? "" })
                    writer.array("token_logprobs") { writer in
                        for token in tokens { value(token["logprob"], to: &writer) }
                    }
                    writer.array("top_logprobs") { writer in
                        for token in tokens { writer.object { tops(token["top_logprobs"], to: &$0) } }
                    }
                    writer.array("text_offset") { writer in
                        for token in tokens {
                            writer.int(end)
                            end += (token["token"]?.string ?? "").unicodeScalars.count
                        }
                    }
                }
            }
            return (json, end)
        } ?? (Array("null".utf8), offset)
    }

    private static func tops(_ list: JSONView?, to writer: inout JSONWriter) {
        guard let list else { return }
        for entry in list.elements {
            writer.key(entry["token"]?.string ?? "")
            value(entry["logprob"], to: &writer)
        }
    }

    private static func value(_ value: JSONView?, to writer: inout JSONWriter) {
        if let value { writer.raw(value.raw) } else { writer.null() }
    }
}
