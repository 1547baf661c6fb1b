package import Gateway
package import NIOCore
package import NIOHTTP1
import NIOPosix
package import NIOSSL

/// The connections of one event loop to one origin. Confined to that loop: no lock anywhere.
package final class UpstreamPool {
    /// A connection unused for this long is closed: below the keep-alive time of common servers (nginx 75 s), so that
    /// we usually close first and a request seldom meets a connection that is just being closed.
    private static let idleNanoseconds: UInt64 = 50_000_000_000
    /// Calls that may queue for a connection, in connections: one full turnover.
    private static let waitersPerConnection = 1

    private let origin: UpstreamOrigin
    private let loop: any EventLoop
    private let tls: NIOSSLContext?
    /// For TCP and for the TLS handshake, each; a reload may change it.
    package var connectTimeout: TimeAmount
    private var state: PoolState<UpstreamConnection, UpstreamCall>
    private let now: () -> UInt64

    /// - Parameters:
    ///   - tls: Set where the origin uses TLS; certificates and names are always checked.
    ///   - connectTimeout: For TCP and for the TLS handshake, each.
    ///   - now: Monotonic nanoseconds.
    package init(
        origin: UpstreamOrigin, loop: any EventLoop, tls: NIOSSLContext?, connectTimeout: TimeAmount,
        now: @escaping () -> UInt64
    ) {
        self.origin = origin
        self.loop = loop
        self.tls = tls
        self.connectTimeout = connectTimeout
        self.now = now
        state = PoolState(
            maximumConnections: origin.maximumConnections,
            maximumWaiters: origin.maximumConnections * Self.waitersPerConnection
        )
    }

    /// A request that has not been sent yet. Keep it before `start`, which may report a failure before it returns.
    ///
    /// - Parameter priority: Where calls queue for a connection, higher ones are sent first.
    package func call(
        _ head: HTTPRequestHead, body: ByteBuffer?, priority: Int = 0, delegate: any UpstreamDelegate
    ) -> UpstreamCall {
        UpstreamCall(head: head, body: body, priority: priority, delegate: delegate, pool: self)
    }

    /// Sends a request; its delegate hears everything else.
    ///
    /// - Parameter fresh: Use a connection that was never used before.
    package func start(_ call: UpstreamCall, fresh: Bool) {
        loop.preconditionInEventLoop()
        switch state.request(call, fresh: fresh, priority: call.priority) {
        case .use(let connection): connection.send(call)
        case .connect: connect()
        case .wait: break
        case .refuse: call.delegate?.upstreamFailed(.busy)
        case .displace(let other): other.delegate?.upstreamFailed(.busy)
        }
    }

    /// Closes connections that have been idle for too long. Called by the loop's sweep.
    package func sweep() {
        let time = now()
        guard time > Self.idleNanoseconds else { return }
        for connection in state.expire(idleSince: time - Self.idleNanoseconds) { connection.close() }
    }

    /// Closes every idle connection.
    package func closeIdle() {
        for connection in state.expire(idleSince: .max) { connection.close() }
    }

    // MARK: What connections and calls report

    func free(_ connection: UpstreamConnection) {
        if let waiter = state.ready(connection, at: now()) { connection.send(waiter) }
    }

    func lost(inUse: Bool, _ connection: UpstreamConnection) {
        if inUse {
            if state.closedInUse() { connect() }
        } else {
            state.closedIdle { $0 === connection }
        }
    }

    func withdraw(_ call: UpstreamCall) {
        state.withdraw { $0 === call }
    }

    // MARK: Connecting

    private func connect() {
        let connection = UpstreamConnection(pool: self)
        let bound = NIOLoopBound((self, connection), eventLoop: loop)
        let tls = tls
        let host = origin.host
        ClientBootstrap(group: loop)
            .connectTimeout(connectTimeout)
            .channelOption(.autoRead, value: false)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Self.configure(channel, connection: bound.value.1, tls: tls, host: host)
                }
            }
            .connect(host: origin.host, port: origin.port)
            .whenComplete { result in
                let (pool, connection) = bound.value
                pool.connected(connection, result)
            }
    }

    private func connected(_ connection: UpstreamConnection, _ result: Result<any Channel, any Error>) {
        switch result {
        case .success:
            if tls == nil { ready(connection) } else { expectHandshake(connection) }
            connection.readWhileIdle()
        case .failure(let error):
            failedToConnect(.connect(Self.words(for: error)))
        }
    }

    /// The connection can be used: TCP is up, and TLS where it is wanted.
    func ready(_ connection: UpstreamConnection) {
        connection.isReady = true
        if let waiter = state.connected(connection, at: now()) { connection.send(waiter) }
    }

    /// There will be no connection. One of those who wait is told.
    func failedToConnect(_ reason: AttemptFailure) {
        let (waiter, reconnect) = state.connectFailed()
        if reconnect { connect() }
        waiter?.delegate?.upstreamFailed(reason)
    }

    /// A peer that accepts and then says nothing must not hold a place for ever.
    private func expectHandshake(_ connection: UpstreamConnection) {
        let bound = NIOLoopBound(connection, eventLoop: loop)
        loop.scheduleTask(in: connectTimeout) { bound.value.closeUnlessReady() }
    }

    private static func configure(
        _ channel: any Channel, connection: UpstreamConnection, tls: NIOSSLContext?, host: String
    ) throws {
        let pipeline = channel.pipeline.syncOperations
        if let tls {
            // An address has no name to indicate; its certificate is still checked against the address.
            let name = host.utf8.allSatisfy { $0 == 0x2E || $0 == 0x3A || (0x30...0x39).contains($0) } ? nil : host
            try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: name))
        }
        try pipeline.addHandler(HTTPRequestEncoder())
        try pipeline.addHandler(ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .dropBytes)))
        try pipeline.addHandler(connection)
    }

    private static func words(for error: any Error) -> String {
        switch error {
        case ChannelError.connectTimeout: "no answer in time"
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { "\($0.error)" } ?? error.dnsAError.map { "\($0)" } ?? "name not found"
        case let error as IOError: "\(error)"
        default: "\(error)"
        }
    }
}
