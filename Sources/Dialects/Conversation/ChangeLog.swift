package import Vocabulary

extension [ParameterChange] {
    /// Adds a change unless the same one is there already: one for many parts says enough.
    package mutating func note(_ name: String, _ action: ParameterChange.Action, _ detail: String) {
        let change = ParameterChange(name, action, detail)
        if !contains(change) { append(change) }
    }
}
