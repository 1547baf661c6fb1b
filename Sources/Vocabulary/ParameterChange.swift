/// Something in a request that the target could not take as it was: nothing is lost without one of these.
package struct ParameterChange: Hashable, Sendable {
    /// What was done about it. Raw values are stored.
    package enum Action: String, Sendable, CaseIterable {
        /// Left out: the target has nothing like it.
        case dropped
        /// Sent under another name, with the same meaning.
        case renamed
        /// Brought into the range that the target allows.
        case clamped
        /// Sent in another form that means nearly the same.
        case mapped
    }

    /// Where it stood in the caller's request, for example `logit_bias` or `messages[2].name`.
    package var name: String
    package var action: Action
    /// What became of it and why, for people; short.
    package var detail: String

    package init(_ name: String, _ action: Action, _ detail: String) {
        self.name = name
        self.action = action
        self.detail = detail
    }
}
