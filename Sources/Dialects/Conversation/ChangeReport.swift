package import Vocabulary

extension [ParameterChange] {
    /// Names a field of the request, in its caller's word, that the target takes otherwise or not at all; once.
    package mutating func report(
        _ field: RequestField, of request: ModelRequest, _ action: ParameterChange.Action, _ detail: String
    ) {
        note(request.name(of: field), action, detail)
    }

    /// Adds the changes that are not named yet.
    package mutating func merge(_ others: [ParameterChange]) {
        for other in others { note(other.name, other.action, other.detail) }
    }
}
