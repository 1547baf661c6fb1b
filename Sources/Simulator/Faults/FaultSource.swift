/// Where a fault may be written besides the `x-sim-fault` header, because a gateway may not pass headers on.
enum FaultSource {
    /// `gpt-4o-mini@sim:status=429` -> the model and its fault.
    static func split(model: String) -> (model: String, fault: String?) {
        cut(model, at: "@sim:").map { (String($0), String($1)) } ?? (model, nil)
    }

    /// `[[sim: chunk-delay=20ms]] Hello` -> the prompt and its fault.
    static func split(prompt: String) -> (prompt: String, fault: String?) {
        guard prompt.hasPrefix("[[sim:"), let (fault, rest) = cut(prompt.dropFirst(6), at: "]]") else {
            return (prompt, nil)
        }
        return (String(rest.drop { $0 == " " }), String(fault))
    }

    /// `/fault/status=500/v1/models` -> the path and its fault: for a gateway's `base_url`.
    static func split(path: String) -> (path: String, fault: String?) {
        guard path.hasPrefix("/fault/") else { return (path, nil) }
        let rest = path.dropFirst(7)
        guard let slash = rest.firstIndex(of: "/") else { return (path, nil) }
        return (String(rest[slash...]), String(rest[..<slash]))
    }

    private static func cut(_ text: some StringProtocol, at mark: String) -> (Substring, Substring)? {
        let text = Substring(text)
        var start = text.startIndex
        while let first = mark.first, let candidate = text[start...].firstIndex(of: first) {
            if text[candidate...].hasPrefix(mark) {
                return (text[..<candidate], text[candidate...].dropFirst(mark.count))
            }
            start = text.index(after: candidate)
        }
        return nil
    }
}
