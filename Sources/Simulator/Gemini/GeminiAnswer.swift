/// Writes answers as `generateContent` and `streamGenerateContent` do.
struct GeminiAnswer {
    var id: String
    var model: String
    var answers: [Answer]
    /// `nil` leaves usage out.
    var usage: GeminiUsage?

    var whole: JSONText {
        let candidates = answers.enumerated().map { index, answer in
            candidate(index, parts: thoughts(answer.thinking) + texts(answer) + calls(answer), finish: finish(answer))
        }
        return response(candidates, usage?.json)
    }

    /// Calls come whole, each in a chunk of its own; the last chunk of each candidate has its reason.
    func events() -> [StreamEvent] {
        var events: [StreamEvent] = []
        for (index, answer) in answers.enumerated() {
            for piece in Pieces.words(answer.thinking) { events.append(chunk(index, thoughts(piece), .opening)) }
            for piece in Pieces.words(answer.text) { events.append(chunk(index, [text(piece)], .content)) }
            for call in calls(answer) { events.append(chunk(index, [call], .content)) }
            let last = candidate(index, parts: [text("")], finish: finish(answer))
            events.append(StreamEvent("", response([last], usage?.json), .last))
        }
        return events
    }

    private func chunk(_ index: Int, _ parts: [JSONText], _ role: StreamEvent.Role) -> StreamEvent {
        StreamEvent("", response([candidate(index, parts: parts, finish: nil)], usage?.opening), role)
    }

    private func response(_ candidates: [JSONText], _ usage: JSONText?) -> JSONText {
        let counts: JSONText = usage.map { #""usageMetadata":\#($0),"# } ?? ""
        return #"{"candidates":\#(candidates),\#(counts)"modelVersion":\#(model),"responseId":\#(id)}"#
    }

    private func candidate(_ index: Int, parts: [JSONText], finish: String?) -> JSONText {
        let reason: JSONText = finish.map { #","finishReason":\#($0)"# } ?? ""
        return #"{"content":{"parts":\#(parts),"role":"model"}\#(reason),"index":\#(index)}"#
    }

    private func text(_ text: String) -> JSONText { #"{"text":\#(text)}"# }

    private func thoughts(_ text: String) -> [JSONText] {
        text.isEmpty ? [] : [#"{"text":\#(text),"thought":true}"#]
    }

    private func texts(_ answer: Answer) -> [JSONText] {
        answer.text.isEmpty && !answer.calls.isEmpty ? [] : [text(answer.text)]
    }

    /// The first call of a model that reasons is signed, as Gemini's is. The signature is base64, as clients demand.
    private func calls(_ answer: Answer) -> [JSONText] {
        answer.calls.enumerated().map { index, call in
            let arguments = JSONText(stringLiteral: call.arguments)
            let isSigned = index == 0 && !answer.thinking.isEmpty
            let signature: JSONText = isSigned ? #","thoughtSignature":\#(id)"# : ""
            return #"{"functionCall":{"id":\#(call.id),"name":\#(call.name),"args":\#(arguments)}\#(signature)}"#
        }
    }

    private func finish(_ answer: Answer) -> String { answer.finish == .length ? "MAX_TOKENS" : "STOP" }
}
