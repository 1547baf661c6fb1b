package import SignalboxClient

/// One recorded call for reading: facts, receipt, conversation.
package enum RequestView {
    /// All of it, without a line break at the end.
    package static func render(_ detail: RequestDetail, width: Int) -> String {
        var parts = [facts(detail.summary, truncated: detail.truncated), timing(detail.timing)]
        if let receipt = detail.receipt { parts.append(ReceiptView.render(receipt, width: width)) }
        parts.append("REQUEST\n" + MessageText.render(detail.request))
        parts.append("RESPONSE\n" + MessageText.render(detail.response))
        return parts.joined(separator: "\n\n")
    }

    private static func facts(_ request: RequestSummary, truncated: Bool) -> String {
        var facts: [(String, String?)] = [
            ("id", request.id), ("time", Figures.time(request.startedAt) + " UTC"),
            ("status", "\(request.status) (HTTP \(request.httpStatus))"),
            ("error", request.errorCode.map { "\($0): \(request.errorMessage ?? "")" }),
            ("finish", request.finishReason), ("call", "\(request.operation) \(request.endpoint)"),
            ("model", models(request)), ("provider", request.provider), ("environment", request.environment),
        ]
        facts += [
            ("user", request.user), ("session", request.session), ("feature", request.feature),
            ("tags", request.tags.isEmpty ? nil : request.tags.joined(separator: ", ")),
            ("key", request.keyID), ("trace", request.traceID),
            ("tokens", tokens(request.usage)), ("cost", cost(request)),
            ("note", truncated ? "a body was longer than the recording limit and was cut" : nil),
        ]
        return aligned(facts)
    }

    private static func models(_ request: RequestSummary) -> String {
        let names = [request.model, request.upstreamModel, request.responseModel].compactMap { $0 }
        var distinct: [String] = []
        for name in names where !name.isEmpty && distinct.last != name { distinct.append(name) }
        return distinct.joined(separator: " -> ")
    }

    private static func tokens(_ usage: Usage) -> String {
        let cached = usage.cacheRead > 0 ? ", \(usage.cacheRead) from cache" : ""
        let reasoning = usage.reasoning > 0 ? ", \(usage.reasoning) for reasoning" : ""
        return "\(usage.totalInput) in\(cached), \(usage.totalOutput) out\(reasoning) (\(usage.source))"
    }

    private static func cost(_ request: RequestSummary) -> String {
        request.costNanodollars == nil ? "no price known" : Figures.money(request.costNanodollars)
    }

    private static func timing(_ timing: Timing) -> String {
        aligned([
            ("admitted", Figures.duration(timing.admittedMS)), ("connected", Figures.duration(timing.connectedMS)),
            ("first byte", Figures.duration(timing.firstByteMS)),
            ("first token", Figures.duration(timing.firstTokenMS)), ("ended", Figures.duration(timing.endedMS)),
        ])
    }

    /// Name and value, one per line; what is `nil` or empty is left out.
    private static func aligned(_ facts: [(String, String?)]) -> String {
        let known = facts.compactMap { name, value in value.flatMap { $0.isEmpty ? nil : (name, $0) } }
        let width = known.map(\.0.count).max() ?? 0
        return known.map { name, value in
            name + String(repeating: " ", count: width - name.count + 2) + TerminalText.escaped(value)
        }.joined(separator: "\n")
    }
}
