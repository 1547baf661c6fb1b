/// Lets one piece of work after another through, in the order in which they came.
actor Turnstile {
    private var isBusy = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Does the work once everything that came before is done.
    func pass<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
        if isBusy { await withCheckedContinuation { waiting.append($0) } }
        isBusy = true
        defer {
            if waiting.isEmpty { isBusy = false } else { waiting.removeFirst().resume() }
        }
        return try await work()
    }
}
