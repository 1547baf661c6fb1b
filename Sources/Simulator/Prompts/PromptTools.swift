extension Prompt {
    /// The tools that the model calls now; empty if it answers in words.
    ///
    /// A forced choice is obeyed. Left to itself the model calls each tool that the last user message asks for by a
    /// word of its name (`get_weather`: "weather"), or the first if the message says "tool"; never right after a
    /// tool's result.
    func toolsToCall() -> [Tool] {
        guard !tools.isEmpty, turns.last?.role != .tool else { return [] }
        switch toolChoice {
        case .none: return []
        case .named(let name): return tools.filter { $0.name == name }
        case .required: return wanted.isEmpty ? [tools[0]] : wanted
        case .auto: return wanted
        }
    }

    private var wanted: [Tool] {
        let words = Set(Self.words(userText))
        let named = tools.filter { tool in Self.words(tool.name).contains { $0.utf8.count > 3 && words.contains($0) } }
        if named.isEmpty, words.contains("tool") { return [tools[0]] }
        return parallelCalls ? named : Array(named.prefix(1))
    }

    /// Lower-case words; `getWeather` and `get_weather` are both "get", "weather".
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for character in text.prefix(4000) {
            if character.isUppercase || !character.isLetter, !word.isEmpty {
                words.append(word)
                word = ""
            }
            if character.isLetter { word += character.lowercased() }
        }
        return word.isEmpty ? words : words + [word]
    }
}
