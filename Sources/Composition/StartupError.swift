/// The server can't start: what is in the way and what to do about it.
package struct StartupError: Error, Sendable, Equatable, CustomStringConvertible {
    package var message: String

    package init(_ message: String) { self.message = message }

    package var description: String { message }
}
