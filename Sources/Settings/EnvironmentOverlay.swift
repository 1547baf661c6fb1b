import Vocabulary

/// Lays environment variables over what the file says.
enum EnvironmentOverlay {
    /// Puts every `SIGNALBOX_...` variable that is set and not empty at its key. An empty one counts as not set, as
    /// container tools can't leave one out.
    static func apply(_ environment: [String: String], to root: inout ConfigNode) -> [SettingsProblem] {
        var problems: [SettingsProblem] = []
        for override in SettingsSchema.overrides {
            guard let text = environment[override.variable], !text.isEmpty else { continue }
            do {
                root.overlay(try node(text, for: override), at: override.path)
            } catch {
                problems += error.problems
            }
        }
        return problems
    }

    private static func node(_ text: String, for override: SettingsSchema.Override) throws(SettingsError) -> ConfigNode
    {
        guard override.isList else {
            // Taken literally: whoever sets a variable has the shell's own replacing.
            let place = SettingsPlace.environment(variable: override.variable)
            return ConfigNode(value: .scalar(text, isTemplate: false), place: place)
        }
        return try YAMLText.parse(text) { line, column in
            .environment(variable: override.variable, line: line, column: column)
        }
    }

    /// True for what Kubernetes sets in every container beside a service named `signalbox`.
    private static func isServiceLink(_ name: String) -> Bool {
        name.hasPrefix("SIGNALBOX_SERVICE_") || name.hasPrefix("SIGNALBOX_PORT")
    }

    /// A warning for every variable that begins like ours and is none.
    static func unknownVariables(in environment: [String: String]) -> [SettingsProblem] {
        let known = SettingsSchema.overrides.map(\.variable) + SettingsSchema.otherVariables
        let ours = environment.keys.sorted().filter { $0.hasPrefix("SIGNALBOX_") && !isServiceLink($0) }
        return ours.filter { !known.contains($0) }.map { name in
            let hint = NearestName.hint(name, in: known)
            return SettingsProblem(
                .unknownVariable, at: .environment(variable: readable(name)), key: "",
                "this environment variable has no effect\(hint)")
        }
    }
}
