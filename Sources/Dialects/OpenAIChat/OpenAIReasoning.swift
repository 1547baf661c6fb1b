import Bytes

/// Thinking in chat messages. OpenAI has no member for it; what the field has agreed on is `reasoning_content` for
/// the text and `reasoning_details` for text with signatures and for thinking that is not shown. `reasoning`
/// (OpenRouter, Groq) and `thinking_blocks` (LiteLLM) are read as well.
enum OpenAIReasoning {
    /// The thinking of a message. Encrypted thoughts that carry the id of a tool call (Gemini's, as OpenRouter gives
    /// them) become that call's signature.
    static func parts(_ message: JSONView, signing calls: inout [Part]) -> [Part] {
        if let details = message["reasoning_details"], details.kind == .array, !details.isEmptyContainer {
            return self.details(details).compactMap { reasoning in
                sign(&calls, with: reasoning) ? nil : Part(.reasoning(reasoning))
            }
        }
        if let blocks = message["thinking_blocks"], blocks.kind == .array, !blocks.isEmptyContainer {
            return blocks.elements.map { Part(.reasoning(block($0))) }
        }
        guard let text = text(message), !text.isEmpty else { return [] }
        return [Part(.reasoning(Reasoning(text: text)))]
    }

    /// The readable thinking of a message or delta.
    static func text(_ message: JSONView) -> String? {
        message["reasoning_content"]?.string ?? message["reasoning"]?.string
    }

    /// The thoughts of `reasoning_details`. Fragments as a stream gave them (same index, one after the other) are
    /// joined.
    static func details(_ value: JSONView) -> [Reasoning] {
        var thoughts: [Reasoning] = []
        var lastIndex: Int64?
        for element in value.elements {
            guard let thought = detail(element) else { continue }
            if hide(thought, in: &thoughts) { continue }
            let index = element["index"]?.int64
            if let index, index == lastIndex, join(thought, to: &thoughts) { continue }
            thoughts.append(thought)
            lastIndex = index
        }
        return thoughts
    }

    /// OpenAI's item has a summary and hidden thinking under one id, which are two entries here.
    private static func hide(_ thought: Reasoning, in thoughts: inout [Reasoning]) -> Bool {
        guard let data = thought.encrypted, let id = thought.id, let last = thoughts.indices.last,
            thoughts[last].id == id, thoughts[last].encrypted == nil
        else { return false }
        thoughts[last].encrypted = data
        return true
    }

    private static func join(_ thought: Reasoning, to thoughts: inout [Reasoning]) -> Bool {
        guard let last = thoughts.indices.last, thoughts[last].encrypted == nil, thought.encrypted == nil,
            thoughts[last].isSummary == thought.isSummary, thoughts[last].signature == nil
        else { return false }
        thoughts[last].text += thought.text
        thoughts[last].signature = thought.signature
        return true
    }

    static func detail(_ element: JSONView) -> Reasoning? {
        var thought = Reasoning(id: element["id"]?.string)
        switch element["type"]?.string {
        case "reasoning.text":
            thought.text = element["text"]?.string ?? ""
            thought.signature = element["signature"]?.string
        case "reasoning.summary":
            thought.text = element["summary"]?.string ?? ""
            thought.isSummary = true
        case "reasoning.encrypted": thought.encrypted = element["data"]?.string ?? ""
        default: return nil
        }
        return thought
    }

    /// Anthropic's and Mistral's `thinking` and `redacted_thinking` blocks.
    static func block(_ element: JSONView) -> Reasoning {
        if let data = element["data"]?.string { return Reasoning(encrypted: data) }
        let thinking = element["thinking"]
        let text = thinking?.string ?? thinking?.elements.compactMap { $0["text"]?.string }.joined() ?? ""
        return Reasoning(text: text, signature: element["signature"]?.string)
    }

    private static func sign(_ calls: inout [Part], with thought: Reasoning) -> Bool {
        guard let data = thought.encrypted, let id = thought.id else { return false }
        for index in calls.indices {
            guard case .toolCall(var call) = calls[index].content, call.id == id else { continue }
            call.signature = call.signature ?? data
            calls[index].content = .toolCall(call)
            return true
        }
        return false
    }

    /// Writes `reasoning_content` and `reasoning_details`, where there is any thinking.
    static func write(_ thoughts: [Reasoning], to writer: inout JSONWriter) {
        guard !thoughts.isEmpty else { return }
        let text = thoughts.map(\.text).joined()
        if !text.isEmpty { writer.member("reasoning_content", text) }
        writer.array("reasoning_details") { writer in
            for (index, thought) in thoughts.enumerated() { writeDetails(thought, index: index, to: &writer) }
        }
    }

    /// A thought that has both shown and hidden parts becomes two entries.
    static func writeDetails(_ thought: Reasoning, index: Int, to writer: inout JSONWriter) {
        if !thought.text.isEmpty || thought.signature != nil || thought.encrypted == nil {
            writer.object { writer in
                writer.member("type", thought.isSummary ? "reasoning.summary" : "reasoning.text")
                if thought.isSummary {
                    writer.member("summary", thought.text)
                } else {
                    writer.member("text", thought.text)
                }
                if let signature = thought.signature { writer.member("signature", signature) }
                if let id = thought.id { writer.member("id", id) }
                writer.member("index", Int64(index))
            }
        }
        if let data = thought.encrypted {
            writer.object { writer in
                writer.member("type", "reasoning.encrypted")
                writer.member("data", data)
                if let id = thought.id { writer.member("id", id) }
                writer.member("index", Int64(index))
            }
        }
    }
}
