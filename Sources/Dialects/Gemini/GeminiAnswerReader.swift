import Bytes
import Vocabulary

/// Reads a whole `GenerateContentResponse`.
enum GeminiAnswerReader {
    /// A hostile answer must not make arrays grow without end.
    static let choiceLimit = 128

    static func read(_ root: JSONView) -> ModelAnswer {
        var answer = ModelAnswer(id: root.camel("responseId")?.string ?? "")
        answer.model = root.camel("modelVersion")?.string ?? ""
        if let usage = root.camel("usageMetadata"), usage.kind == .object {
            answer.usage = GeminiUsage.read(usage)
            answer.serviceTier = usage.camel("serviceTier")?.string?.lowercased()
        }
        if let candidates = root["candidates"] {
            for (position, candidate) in candidates.elements.prefix(choiceLimit).enumerated() {
                answer.choices.append(choice(candidate, position: position, salt: answer.id))
                answer.usage?.serverToolCalls += searches(candidate)
            }
        }
        if answer.choices.isEmpty, let blocked = blocked(root) { answer.choices = [blocked] }
        return answer
    }

    private static func choice(_ candidate: JSONView, position: Int, salt: String) -> ModelAnswer.Choice {
        let index = index(of: candidate, position: position)
        var reader = GeminiContentReader(answer: salt, choice: index)
        var parts: [Part] = []
        for element in (candidate["content"]?["parts"]?.elements).map(Array.init) ?? [] {
            // A part that is not as documented is left out; the rest of the answer is good.
            try? reader.add(element, "parts", to: &parts)
        }
        let hasCalls = parts.contains { part in
            if case .toolCall = part.content { return true }
            return false
        }
        for (name, value) in annotations(of: candidate) { parts.append(Part(.opaque(type: name, json: value.json))) }
        let stop = GeminiStop.read(candidate.camel("finishReason")?.string, hasToolCalls: hasCalls)
        let logprobs = candidate.camel("logprobsResult").flatMap(GeminiLogprobs.openAI)
        return ModelAnswer.Choice(index: index, parts: parts, stop: stop, logprobs: logprobs)
    }

    static func index(of candidate: JSONView, position: Int) -> Int {
        guard let index = candidate["index"]?.int64, (0..<Int64(choiceLimit)).contains(index) else { return position }
        return Int(index)
    }

    /// What Gemini says about an answer beside its content.
    static func annotations(of candidate: JSONView) -> [(name: String, value: JSONView)] {
        let names: Set<String> = ["groundingMetadata", "citationMetadata", "urlContextMetadata"]
        var found: [(name: String, value: JSONView)] = []
        for (key, value) in candidate.members where !value.isNull {
            let name = GeminiNames.camel(key)
            if names.contains(name), !value.isEmptyContainer { found.append((name, value)) }
        }
        return found
    }

    /// Google bills searches by the query.
    static func searches(_ candidate: JSONView) -> Int64 {
        guard let queries = candidate.camel("groundingMetadata")?.camel("webSearchQueries") else { return 0 }
        return Int64(queries.elements.reduce(0) { count, _ in count + 1 })
    }

    /// A prompt that was refused gives no candidates, only a reason.
    static func blocked(_ root: JSONView) -> ModelAnswer.Choice? {
        guard let feedback = root.camel("promptFeedback"), let reason = feedback.camel("blockReason")?.string else {
            return nil
        }
        let message = feedback.camel("blockReasonMessage")?.string
        return ModelAnswer.Choice(
            parts: message.map { [Part(.refusal($0))] } ?? [], stop: Stop(.contentFilter, native: reason))
    }
}
