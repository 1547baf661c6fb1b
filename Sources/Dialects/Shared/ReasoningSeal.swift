/// Carries what proves or hides reasoning through formats that have one slot for it.
///
/// Anthropic signs thinking that it shows, OpenAI encrypts thinking and gives the item an id, Gemini signs tool calls.
/// A caller of another format gets such a token inside its own format's slot (`signature`, `data`,
/// `encrypted_content`), marked, and sends it back there; so the provider sees its own token again, unchanged.
enum ReasoningSeal {
    private static let signature = "sealed.signature:"
    private static let redacted = "sealed.redacted:"
    private static let encrypted = "sealed.encrypted:"
    private static let call = "sealed.call:"

    /// The token for a slot of another format; `nil` where there is nothing to carry.
    static func seal(_ reasoning: Reasoning) -> String? {
        if let data = reasoning.encrypted {
            guard let id = reasoning.id, !id.isEmpty else { return redacted + data }
            return encrypted + id + ":" + data
        }
        return reasoning.signature.map { signature + $0 }
    }

    /// What a token stood for, beside the text that was shown; `nil` for a token of the slot's own provider.
    static func open(_ token: String, text: String) -> Reasoning? {
        if let rest = rest(of: token, after: signature) { return Reasoning(text: text, signature: rest) }
        if let rest = rest(of: token, after: redacted) { return Reasoning(text: text, encrypted: rest) }
        guard let rest = rest(of: token, after: encrypted), let colon = rest.firstIndex(of: ":") else { return nil }
        let data = String(rest[rest.index(after: colon)...])
        var reasoning = Reasoning(text: text, encrypted: data, id: String(rest[..<colon]))
        reasoning.isSummary = true
        return reasoning
    }

    /// The token for a tool call's signature.
    static func seal(callID: String, signature: String) -> String { call + callID + ":" + signature }

    /// Which call a token signs, and with what; `nil` for any other token.
    static func openCall(_ token: String) -> (callID: String, signature: String)? {
        guard let rest = rest(of: token, after: call), let colon = rest.lastIndex(of: ":") else { return nil }
        return (String(rest[..<colon]), String(rest[rest.index(after: colon)...]))
    }

    /// Takes the tokens that sign calls out of a turn's parts and gives their signatures to the calls.
    static func signCalls(in parts: inout [Part]) {
        var signatures: [String: String] = [:]
        parts.removeAll { part in
            guard case .reasoning(let reasoning) = part.content, let data = reasoning.encrypted,
                let signed = openCall(data)
            else { return false }
            signatures[signed.callID] = signed.signature
            return true
        }
        guard !signatures.isEmpty else { return }
        for index in parts.indices {
            guard case .toolCall(var toolCall) = parts[index].content else { continue }
            toolCall.signature = toolCall.signature ?? signatures[toolCall.id]
            parts[index].content = .toolCall(toolCall)
        }
    }

    private static func rest(of token: String, after prefix: String) -> String? {
        token.hasPrefix(prefix) ? String(token.dropFirst(prefix.count)) : nil
    }
}
