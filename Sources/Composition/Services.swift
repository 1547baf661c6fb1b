import ServiceLifecycle
import UnixSignals

/// Waits for the stop, then lets open calls finish.
struct DrainService: Service {
    let platform: Platform

    func run() async throws {
        try await gracefulShutdown()
        await platform.drain()
    }
}

/// Reads the configuration again on SIGHUP.
struct ReloadSignalService: Service {
    let reloader: Reloader

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            // The reloader has logged what is wrong, and the configuration in force stays.
            _ = try? await reloader.reload()
        }
    }
}
