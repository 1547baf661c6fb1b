import Bytes
import Vocabulary

/// Writes items as answers have them; requests send them back without ids and status.
enum ResponsesItems {
    static func message(id: String, contents: [[UInt8]], status: String) -> [UInt8] {
        JSONText.written { writer in
            writer.object { writer in
                writer.member("id", id)
                writer.member("type", "message")
                writer.member("status", status)
                writer.member("role", "assistant")
                writer.array("content") { writer in
                    for content in contents { writer.raw(content) }
                }
            }
        }
    }

    static func call(
        id: String?, callID: String, name: String, arguments: [UInt8], status: String?
    ) -> [UInt8] {
        JSONText.written { writer in
            writer.object { writer in
                if let id { writer.member("id", id) }
                writer.member("type", "function_call")
                if let status { writer.member("status", status) }
                writer.key("arguments")
                // An item in progress has none yet; a finished one without parameters has an empty object.
                let isEmpty = arguments.isEmpty && status != "in_progress"
                let text = isEmpty ? Array("{}".utf8) : arguments
                text.withUnsafeBytes { writer.string(utf8: $0) }
                writer.member("call_id", callID)
                writer.member("name", name)
            }
        }
    }

    static func reasoning(_ reasoning: Reasoning, id: String, encrypted: String?, status: String?) -> [UInt8] {
        JSONText.written { writer in
            writer.object { writer in
                writer.member("id", id)
                writer.member("type", "reasoning")
                writer.array("summary") { writer in
                    if !reasoning.text.isEmpty { writer.raw(summary(reasoning.text)) }
                }
                if let encrypted { writer.member("encrypted_content", encrypted) }
                if let status { writer.member("status", status) }
            }
        }
    }

    static func summary(_ text: String) -> [UInt8] {
        JSONText.written { writer in
            writer.object { writer in
                writer.member("type", "summary_text")
                writer.member("text", text)
            }
        }
    }

    /// Writes text or a refusal as a part of what the assistant said.
    ///
    /// - Parameter logprobs: Elements of the text's list, in an answer; `nil` in a request.
    static func writeSaid(_ part: Part, logprobs: [[UInt8]]?, to writer: inout JSONWriter) {
        switch part.content {
        case .text(let text):
            let own = part.extras.first { $0.name == "annotations" }?.json
            let annotations = own ?? ResponsesCitations.annotations(part, text)
            writeText(text, annotations: annotations, logprobs: logprobs, to: &writer)
        case .refusal(let text):
            writer.object { writer in
                writer.member("type", "refusal")
                writer.member("refusal", text)
            }
        default: break
        }
    }

    private static func writeText(
        _ text: String, annotations: [UInt8], logprobs: [[UInt8]]?, to writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.member("type", "output_text")
            writer.member("text", text)
            writer.member("annotations", json: annotations)
            if let logprobs {
                writer.array("logprobs") { writer in
                    for element in logprobs { writer.raw(element) }
                }
            }
        }
    }

    /// The elements of chat's `logprobs` object that stand for the text.
    static func logprobs(_ json: [UInt8]?) -> [[UInt8]] {
        guard let json else { return [] }
        let elements = JSONText.read(json) { root in
            root["content"]?.elements.map { element in
                JSONText.written { logprob(element, hasAlternatives: true, to: &$0) }
            }
        }
        return (elements ?? nil) ?? []
    }

    /// Clients demand the bytes, which some providers leave out.
    private static func logprob(_ element: JSONView, hasAlternatives: Bool, to writer: inout JSONWriter) {
        let token = element["token"]?.string ?? ""
        writer.object { writer in
            writer.member("token", token)
            writer.key("bytes")
            if let bytes = element["bytes"], bytes.kind == .array {
                writer.raw(bytes.raw)
            } else {
                writer.beginArray()
                for byte in token.utf8 { writer.int(Int64(byte)) }
                writer.endArray()
            }
            writer.member("logprob", element["logprob"].flatMap(number) ?? NumberText("0"))
            guard hasAlternatives else { return }
            writer.array("top_logprobs") { writer in
                for other in element["top_logprobs"]?.elements ?? element.elements {
                    logprob(other, hasAlternatives: false, to: &writer)
                }
            }
        }
    }

    private static func number(_ value: JSONView) -> NumberText? {
        value.kind == .number ? NumberText(String(decoding: value.raw, as: UTF8.self)) : nil
    }
}
