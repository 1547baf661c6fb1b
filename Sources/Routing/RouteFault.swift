/// Why a route, a condition or a caller's routing wish can't be used, and what to do about it.
package struct RouteFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of mistake it is.
    package enum Kind: String, Sendable {
        /// The text is not what is expected there.
        case invalid
        /// Understood, but not honoured here; going on without it could be unsafe, so the call is refused.
        case refused
        /// A name in it leads nowhere.
        case unresolved
    }

    package var kind: Kind
    /// Where it stands, for example `targets[0].weight`; empty for the whole.
    package var path: String
    /// What is wrong and how to mend it, one sentence or two.
    package var message: String

    package init(_ kind: Kind = .invalid, at path: String, _ message: String) {
        self.kind = kind
        self.path = path
        self.message = message
    }

    /// The place and the message.
    package var description: String { path.isEmpty ? message : "\(path): \(message)" }
}
