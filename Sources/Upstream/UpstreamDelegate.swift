package import Gateway
package import NIOCore
package import NIOHTTP1

/// Hears how one call to an upstream goes. Every method is called on the call's event loop; nothing is called after
/// `upstreamEnded` or `upstreamFailed`, nor after the call was cancelled.
package protocol UpstreamDelegate: AnyObject {
    /// A connection is ready and the request is on its way.
    func upstreamConnected()
    func upstreamAnswered(_ head: HTTPResponseHead)
    func upstreamSent(_ bytes: ByteBuffer)
    /// Everything that one read of the socket brought has been handed over: a good moment to flush.
    func upstreamPausedForNow()
    func upstreamEnded()
    func upstreamFailed(_ reason: AttemptFailure)
}
