import CRuntime
import Glibc
import Synchronization

/// A thread of our own for calls that block (files, SQLite), which must never run on an event loop or in a task.
package final class WorkerThread: Sendable {
    private let handle: Mutex<pthread_t?>

    /// Starts a thread that runs `body` once.
    ///
    /// - Parameters:
    ///   - name: Shown by `top -H`; at most 15 bytes count.
    ///   - niceness: 0 for an equal share of the CPU, up to 19 for work that may wait while others have some.
    package init(name: String, niceness: Int32 = 0, body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Body(name: name, niceness: niceness, run: body))
        let status = pthread_create(&thread, nil, { pointer in
            guard let pointer else { return nil }
            let body = Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue()
            signalbox_name_thread(String(body.name.prefix(15)))
            if body.niceness > 0 { signalbox_yield_to_others(body.niceness) }
            body.run()
            return nil
        }, box.toOpaque())
        precondition(status == 0, "The system refused a new thread (error \(status)): raise the limit on processes.")
        handle = Mutex(thread)
    }

    /// Waits until the body has returned. Later calls return at once. Blocks: not for tasks or event loops.
    package func join() {
        let thread = handle.withLock { handle -> pthread_t? in
            defer { handle = nil }
            return handle
        }
        if let thread { pthread_join(thread, nil) }
    }

    private final class Body: Sendable {
        let name: String
        let niceness: Int32
        let run: @Sendable () -> Void
        init(name: String, niceness: Int32, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.niceness = niceness
            self.run = run
        }
    }
}
