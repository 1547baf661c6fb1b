/// Where a value was written.
package enum SettingsPlace: Sendable, Hashable {
    /// In a file; line and column count from 1.
    case file(path: String, line: Int, column: Int)
    /// In an environment variable. For lists, line and column within its text.
    case environment(variable: String, line: Int = 1, column: Int = 1)
    /// Nowhere: the default holds.
    case builtIn
}

extension SettingsPlace: CustomStringConvertible {
    package var description: String {
        switch self {
        case .file(let path, let line, let column): "\(path):\(line):\(column)"
        case .environment(let variable, 1, 1): variable
        case .environment(let variable, let line, let column): "\(variable):\(line):\(column)"
        case .builtIn: "default"
        }
    }
}
