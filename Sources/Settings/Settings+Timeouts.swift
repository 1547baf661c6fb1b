extension Settings {
    /// The longest that each wait may last.
    package struct Timeouts: Sendable, Equatable {
        /// Opening a connection to an upstream, TLS included.
        package var connect = Duration.seconds(5)
        /// From the request's last byte to the answer's first. Reasoning models think for minutes.
        package var firstByte = Duration.seconds(300)
        /// Between two reads of an upstream's answer.
        package var idle = Duration.seconds(120)
        /// The whole call.
        package var total = Duration.seconds(1800)
        /// From a request's first byte to the end of its headers (against slow-header attacks).
        package var requestHeader = Duration.seconds(10)
        /// From the end of the headers to the body's last byte.
        package var requestBody = Duration.seconds(60)
        /// How long a caller may read nothing while an answer waits for it.
        package var clientStall = Duration.seconds(60)
        /// How long an idle client connection stays open. Longer than the 60 s after which load balancers drop theirs.
        package var keepAlive = Duration.seconds(75)
        /// How long open requests may take to finish when the server stops; then they are ended.
        package var shutdown = Duration.seconds(30)

        package init() {}
    }

    /// The four deadlines of an upstream call, resolved.
    package struct UpstreamTimeouts: Sendable, Hashable {
        package var connect: Duration
        package var firstByte: Duration
        package var idle: Duration
        package var total: Duration
    }

    /// The deadlines for calls to `provider`: its own where it has them, else the server's.
    package func upstreamTimeouts(of provider: Provider) -> UpstreamTimeouts {
        UpstreamTimeouts(
            connect: provider.timeouts.connect ?? timeouts.connect,
            firstByte: provider.timeouts.firstByte ?? timeouts.firstByte,
            idle: provider.timeouts.idle ?? timeouts.idle,
            total: provider.timeouts.total ?? timeouts.total
        )
    }
}
