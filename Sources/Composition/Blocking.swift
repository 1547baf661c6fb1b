import Runtime

/// Runs calls that block (files, SQLite) on a thread of their own, so that tasks and event loops go on.
enum Blocking {
    static func run<Value: Sendable>(
        _ name: String, _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            _ = WorkerThread(name: name) { continuation.resume(with: Result { try body() }) }
        }
    }
}
