/// Settings that can be used, and how they came about.
package struct LoadedSettings: Sendable, Equatable {
    package var settings: Settings
    /// What is doubtful but stands in nobody's way.
    package var warnings: [SettingsProblem]
    /// Where each value that was written stands, by key (`limits.body_bytes`, `providers[0].name`); what is missing
    /// here is a default.
    package var origins: [String: SettingsPlace]
    /// The file that was read, as it was named; `nil` where there was none.
    package var path: String?

    package init(
        settings: Settings, warnings: [SettingsProblem] = [], origins: [String: SettingsPlace] = [:],
        path: String? = nil
    ) {
        self.settings = settings
        self.warnings = warnings
        self.origins = origins
        self.path = path
    }
}

/// Reads the configuration: the file, then the environment over it, then everything checked together.
package enum SettingsLoader {
    /// Loads the settings from the file at `path` (none: defaults) and `environment`.
    ///
    /// Reads the file on the calling thread; keep it off event loops. Throws every problem found, in the order of the
    /// file.
    package static func load(
        path: String?, environment: [String: String]
    ) throws(SettingsError) -> LoadedSettings {
        let text = try path.map { path throws(SettingsError) in try ConfigFile.read(path) } ?? ""
        var loaded = try load(text: text, name: path ?? "", environment: environment)
        loaded.path = path
        return loaded
    }

    /// Loads the settings from the YAML in `text`; `name` stands for the file in places.
    package static func load(
        text: String, name: String, environment: [String: String]
    ) throws(SettingsError) -> LoadedSettings {
        var root = try YAMLText.parse(text) { line, column in .file(path: name, line: line, column: column) }
        let problems = EnvironmentOverlay.apply(environment, to: &root)

        var settings = Settings()
        var reader = SettingsReader(environment: environment)
        reader.mapping(root, key: "", SettingsSchema.fields, into: &settings)
        var origins = reader.origins
        origins[""] = nil
        PresetDefaults.fill(&settings, origins: origins)
        DefaultProviders.add(to: &settings, origins: &origins, environment: environment)

        var checks = SettingsChecks(settings, origins: origins)
        checks.run()
        // A value that could not be read would only cause the checks to report what is already reported.
        let broken = (problems + reader.problems).map(\.key)
        let fresh = checks.problems.filter { problem in !broken.contains { $0.hasPrefix(problem.key) } }
        let all = problems + reader.problems + fresh
        guard all.isEmpty else { throw SettingsError(inOrder(all)) }
        let warnings = EnvironmentOverlay.unknownVariables(in: environment) + checks.warnings
        return LoadedSettings(settings: settings, warnings: warnings, origins: origins)
    }

    /// By line and column for the file, the environment's behind it, each otherwise in the order found.
    private static func inOrder(_ problems: [SettingsProblem]) -> [SettingsProblem] {
        func position(_ item: (offset: Int, element: SettingsProblem)) -> (Int, Int, Int) {
            if case .file(_, let line, let column) = item.element.place { return (line, column, item.offset) }
            return (.max, .max, item.offset)
        }
        return problems.enumerated().sorted { position($0) < position($1) }.map(\.element)
    }
}
