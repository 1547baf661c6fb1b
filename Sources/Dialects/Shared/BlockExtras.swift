package import Vocabulary

extension ModelRequest {
    /// Names what blocks and tools say in the caller's format only. For encoders of every other format.
    package func reportBlockExtras(to changes: inout [ParameterChange]) {
        let turnsName = name(of: .turns)
        for part in system { Self.report(part, name(of: .system), to: &changes) }
        for turn in turns {
            for part in turn.parts { Self.report(part, turnsName, to: &changes) }
        }
        for extra in tools.flatMap(\.extras) {
            changes.note("\(name(of: .tools))[].\(extra.name)", .dropped, "the target has nothing like it")
        }
    }

    private static func report(_ part: Part, _ place: String, to changes: inout [ParameterChange]) {
        let isText =
            switch part.content {
            case .text, .refusal: true
            default: false
            }
        // What belongs to a model's words (citations, annotations) informs people; they read the same without it.
        let silent: Set<String> = isText ? ["citations", "annotations", "phase", "id", "instructions"] : []
        for extra in part.extras where !silent.contains(extra.name) {
            changes.note("\(place)[].\(extra.name)", .dropped, "the target has nothing like it")
        }
        if case .toolResult(let result) = part.content {
            for inner in result.parts { report(inner, place, to: &changes) }
        }
    }

    /// True for a member whose loss changes nothing: it says what happens anyway.
    package func isWithoutEffect(_ extra: Extra) -> Bool {
        let value = String(decoding: extra.json, as: UTF8.self)
        switch (extra.name, value) {
        case ("store", "false"), ("background", "false"), ("truncation", "\"disabled\""): return true
        case ("text.verbosity", "\"medium\""), ("verbosity", "\"medium\""): return true
        case (_, "null"), (_, "[]"), (_, "{}"): return true
        case ("stream_options", _), ("stream_options.include_obfuscation", _): return true
        default: return false
        }
    }

    /// Names the members that only the caller's format knows, except those in `taken`.
    package func reportExtras(except taken: Set<String> = [], to changes: inout [ParameterChange]) {
        for extra in extras where !taken.contains(extra.name) && !isWithoutEffect(extra) {
            changes.note(extra.name, .dropped, "the target has nothing like it")
        }
    }
}
