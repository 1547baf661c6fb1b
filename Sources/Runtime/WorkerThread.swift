import CRuntime
import Glibc
import Synchronization

/// A thread of our own for calls that block (files, SQLite), which must never run on an event loop or in a task.
package final class WorkerThread: Sendable {
    private let handle: Mutex<pthread_t?>

    /// Starts a thread that runs `body` once.
    ///
    /// - Parameter name: Shown by `top -H`; at most 15 bytes count.
    package init(name: String, body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Body(name: name, run: body))
        let status = pthread_create(&thread, nil, { pointer in
            guard let pointer else { return nil }
            let body = Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue()
            signalbox_name_thread(String(body.name.prefix(15)))
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
        let run: @Sendable () -> Void
        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }
}
