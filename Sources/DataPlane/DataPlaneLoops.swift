package import Gateway
import NIOCore

/// The contexts of all event loops, found by loop.
///
/// `@unchecked Sendable`: the dictionary never changes, and each context is touched on its own loop only.
package final class DataPlaneLoops: @unchecked Sendable {
    private let contexts: [ObjectIdentifier: LoopContext]

    package init(_ contexts: [LoopContext]) {
        self.contexts = Dictionary(uniqueKeysWithValues: contexts.map { (ObjectIdentifier($0.loop), $0) })
    }

    /// The context of a loop; call it on that loop.
    func context(of loop: any EventLoop) -> LoopContext {
        loop.preconditionInEventLoop()
        guard let context = contexts[ObjectIdentifier(loop)] else {
            preconditionFailure("A connection was accepted on an event loop that has no data-plane context.")
        }
        return context
    }

    /// Puts a plan in force on every loop; returns when all of them use it for new requests.
    package func publish(_ plan: GatewayPlan) async {
        await onEach { $0.publish(plan.copied()) }
    }

    /// What all loops together have done.
    package func counters() async -> LoopCounters {
        let each = await onEach { $0.counters }
        return each.reduce(into: LoopCounters()) { $0.add($1) }
    }

    /// Starts looking at deadlines on every loop.
    package func start() async { await onEach { $0.startSweeping() } }

    /// Connections are closed after their current answer from now on.
    package func beginStopping() async { await onEach { $0.beginStopping() } }

    /// Ends open calls; each caller is told and each call is recorded.
    package func stopOpenCalls() async { await onEach { $0.stopOpenCalls() } }

    /// Closes pools and journal lanes.
    package func close() async { await onEach { $0.close() } }

    @discardableResult
    private func onEach<Result: Sendable>(_ body: @escaping @Sendable (LoopContext) -> Result) async -> [Result] {
        var results: [Result] = []
        for context in contexts.values {
            if let result = await run(on: context, body) { results.append(result) }
        }
        return results
    }

    /// `nil` only where the loop has been shut down.
    private func run<Result: Sendable>(
        on context: LoopContext, _ body: @escaping @Sendable (LoopContext) -> Result
    ) async -> Result? {
        let key = ObjectIdentifier(context.loop)
        return try? await context.loop.submit { self.contexts[key].map(body) }.get()
    }
}
