import Access
import Settings
import Storage

/// What a person at the terminal reads when the server is up.
struct Greeting: Sendable {
    let settings: Settings
    let bootstrap: BootstrapOutcome
    /// The key from the environment, if it may be shown.
    let givenKey: String?
    let usesSimulator: Bool

    /// - Parameter port: Where the server really listens; the settings may have asked for any.
    func text(port: Int) -> String {
        let host = settings.listen.host == "0.0.0.0" ? "127.0.0.1" : settings.listen.host
        let base = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        var lines = ["Signalbox is ready at \(base)", ""]
        switch bootstrap {
        case .made(_, let secret):
            lines += invitation(base, key: secret, note: " (shown only now)")
        case .installed, .existing:
            if let givenKey {
                lines += invitation(base, key: givenKey, note: "")
            } else {
                lines += ["  The admin key is that of SIGNALBOX_BOOTSTRAP_KEY, or the first start's.", ""]
                lines += ["Try it:", firstCall(base, key: "$SIGNALBOX_KEY")]
            }
        case .givenIsRevoked(let key):
            lines += ["  SIGNALBOX_BOOTSTRAP_KEY is the revoked key \(key.id); it lets nobody in. Unset it."]
        }
        lines += ["", "Your programs:"]
        lines += ["  OPENAI_BASE_URL=\(base)/v1   ANTHROPIC_BASE_URL=\(base)   and the key as API key"]
        if usesSimulator {
            lines += ["", "No provider is configured, so answers come from the built-in simulator. Set OPENAI_API_KEY"]
            lines += ["or ANTHROPIC_API_KEY, or write a signalbox.yaml (see signalbox.example.yaml), for real models."]
        }
        return lines.joined(separator: "\n")
    }

    private func invitation(_ base: String, key: String, note: String) -> [String] {
        [
            "  Admin key\(note): \(key)", "  In the browser: \(base)/#key=\(key)", "", "Try it:",
            firstCall(base, key: key),
        ]
    }

    private func firstCall(_ base: String, key: String) -> String {
        let model = settings.models.first?.name ?? "gpt-4o-mini"
        let body = #"{"model":"\#(model)","messages":[{"role":"user","content":"Hello!"}]}"#
        return "  curl \(base)/v1/chat/completions -H \"Authorization: Bearer \(key)\""
            + " -H \"Content-Type: application/json\" -d '\(body)'"
    }
}
