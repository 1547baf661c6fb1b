/// One thing that is wrong, or doubtful, in the configuration.
package struct SettingsProblem: Sendable, Equatable {
    /// What kind of thing it is. Raw values are stable.
    package enum Code: String, Sendable, CaseIterable {
        case fileUnreadable = "file_unreadable"
        case yamlSyntax = "yaml_syntax"
        case unknownKey = "unknown_key"
        case missingKey = "missing_key"
        case wrongType = "wrong_type"
        case badValue = "bad_value"
        case unsetVariable = "unset_variable"
        case badReference = "bad_reference"
        case duplicateName = "duplicate_name"
        case unknownProvider = "unknown_provider"
        case conflict
        case unknownVariable = "unknown_variable"
    }

    package var code: Code
    /// Where it was written.
    package var place: SettingsPlace
    /// The key it concerns, for example `providers[0].base_url`; empty for the file as a whole.
    package var key: String
    /// What is wrong and what to write instead. Never contains a secret.
    package var message: String

    package init(_ code: Code, at place: SettingsPlace, key: String, _ message: String) {
        self.code = code
        self.place = place
        self.key = key
        self.message = message
    }
}

extension SettingsProblem: CustomStringConvertible {
    /// One line: place, key, message.
    package var description: String { key.isEmpty ? "\(place): \(message)" : "\(place): \(key): \(message)" }
}

/// The configuration can't be used: everything that is wrong with it, in the order of the file.
package struct SettingsError: Error, Sendable, Equatable {
    /// At least one.
    package var problems: [SettingsProblem]

    package init(_ problems: [SettingsProblem]) { self.problems = problems }
}

extension SettingsError: CustomStringConvertible {
    /// One line per problem.
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
