package import NIOCore
import NIOHTTP1
import NIOPosix

/// A deterministic provider (OpenAI, Anthropic, Gemini, Bedrock, Cohere) over HTTP/1.1, for demos, tests, benchmarks.
///
/// It serves the endpoints of docs/simulator.md to anybody who can reach its port: any key will do.
package final class SimulatorServer: Sendable {
    /// Connections waiting to be accepted: a test that opens thousands at once must not lose any.
    private static let backlog: Int32 = 4096
    /// Connections accepted per wake-up; NIO's own 4 is slow in such a burst.
    private static let acceptBurst: UInt = 256

    private let listener: any Channel
    private let responder: Responder

    private init(listener: any Channel, responder: Responder) {
        self.listener = listener
        self.responder = responder
    }

    /// Binds and serves until ``stop()``.
    ///
    /// Throws ``FaultGrammarError`` for a fault of the configuration that can't be read, and NIO's `IOError` if the
    /// address can't be bound.
    package static func start(
        _ configuration: SimulatorConfiguration, group: any EventLoopGroup
    ) async throws -> SimulatorServer {
        let responder = try Responder(configuration)
        let listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.maxMessagesPerRead, value: acceptBurst)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
                    try pipeline.addHandler(SimulatorHandler(responder))
                }
            }
            .bind(host: configuration.host, port: configuration.port).get()
        return SimulatorServer(listener: listener, responder: responder)
    }

    /// The port it listens on.
    package var port: Int { listener.localAddress?.port ?? 0 }

    /// What happened so far.
    package var statistics: SimulatorStatistics { responder.counters.snapshot }

    /// Closes the listener and every connection, whatever they are doing.
    package func stop() async throws {
        try await listener.close().get()
        responder.connections.closeAll()
    }
}
