/// What an adapter did wrong, in words.
package struct ConformanceFailure: Error, Sendable, CustomStringConvertible {
    package var message: String

    package init(_ message: String) { self.message = message }

    package var description: String { message }
}

/// Throws a failure with `message` unless the condition holds.
func require(_ condition: Bool, _ message: @autoclosure () -> String) throws(ConformanceFailure) {
    if !condition { throw ConformanceFailure(message()) }
}

/// Throws a failure that shows both values unless they are equal.
func requireEqual<T: Equatable>(_ actual: T, _ expected: T, _ what: String) throws(ConformanceFailure) {
    if actual != expected { throw ConformanceFailure("\(what): expected \(expected), got \(actual)") }
}

/// One named behaviour that every adapter must show.
package struct ConformanceCheck<Store: Sendable>: Sendable, CustomStringConvertible {
    /// What must hold, as a sentence without a full stop.
    package var name: String
    /// Throws `ConformanceFailure` where the store does not do it. The store is fresh and empty.
    package var run: @Sendable (Store) async throws -> Void

    package var description: String { name }
}
