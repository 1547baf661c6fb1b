import NIOCore
import NIOHTTP1

/// One request to an upstream, from the queue for a connection to its end. Confined to its event loop.
package final class UpstreamCall {
    let head: HTTPRequestHead
    let body: ByteBuffer?
    let priority: Int
    private(set) weak var delegate: (any UpstreamDelegate)?
    var connection: UpstreamConnection?
    private let pool: UpstreamPool

    init(
        head: HTTPRequestHead, body: ByteBuffer?, priority: Int, delegate: any UpstreamDelegate, pool: UpstreamPool
    ) {
        self.head = head
        self.body = body
        self.priority = priority
        self.delegate = delegate
        self.pool = pool
    }

    /// Gives the call up. Its connection is closed, for the rest of the answer may still be on its way.
    package func cancel() {
        delegate = nil
        if let connection {
            connection.abandon()
        } else {
            pool.withdraw(self)
        }
    }

    /// Stops reading the answer, so that the upstream is held back by TCP.
    package func pause() { connection?.pause() }

    /// Goes on reading.
    package func resume() { connection?.resume() }
}
