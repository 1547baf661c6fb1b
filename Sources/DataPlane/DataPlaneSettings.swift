/// Limits of connections, in nanoseconds and bytes.
package struct DataPlaneSettings: Sendable, Equatable {
    /// A new connection must have sent its first request's head by then (slowloris).
    package var requestHead: UInt64
    /// A request's body must be complete by then, counted from its head.
    package var requestBody: UInt64
    /// A connection without a request is closed after this.
    package var keepAlive: UInt64
    /// A connection whose caller does not read what is left for it is closed after this.
    package var clientStall: UInt64
    /// Treat a caller that closed its sending side as one that still reads.
    package var servesHalfClosed: Bool
    /// Limits for request heads, enforced by the HTTP decoder.
    package var headerBytes: Int
    package var headerCount: Int

    package init(
        requestHead: UInt64, requestBody: UInt64, keepAlive: UInt64, clientStall: UInt64, servesHalfClosed: Bool,
        headerBytes: Int, headerCount: Int
    ) {
        self.requestHead = requestHead
        self.requestBody = requestBody
        self.keepAlive = keepAlive
        self.clientStall = clientStall
        self.servesHalfClosed = servesHalfClosed
        self.headerBytes = headerBytes
        self.headerCount = headerCount
    }
}
