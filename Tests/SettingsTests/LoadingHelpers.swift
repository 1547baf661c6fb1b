import Settings

/// The settings that `yaml` gives.
func load(_ yaml: String, _ environment: [String: String] = [:]) throws -> LoadedSettings {
    try SettingsLoader.load(text: yaml, name: "signalbox.yaml", environment: environment)
}

/// Every problem of `yaml`; none if it can be used.
func problems(_ yaml: String, _ environment: [String: String] = [:]) -> [SettingsProblem] {
    do {
        _ = try SettingsLoader.load(text: yaml, name: "signalbox.yaml", environment: environment)
        return []
    } catch {
        return error.problems
    }
}

/// `yaml` with one provider `up` before it.
func withProvider(_ yaml: String) -> String {
    "providers: [{name: up, dialect: openai, base_url: \"http://127.0.0.1:1/v1\"}]\n" + yaml
}
