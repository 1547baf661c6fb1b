import NIOCore

/// Reads a connection a little at a time, so that its peer feels a slow server. Lives on the channel's event loop.
final class SlowReader {
    /// Reads per second: often enough to look steady, seldom enough to cost nothing.
    private static let readsPerSecond = 20
    /// What the kernel takes in advance would hide a slow reader; below 64 KiB the segments of the loopback interface
    /// no longer fit, and the sender's probe timer would set the pace.
    private static let kernelBuffer = 64 << 10

    private let channel: any Channel
    private let bytesPerRead: Int
    private var task: RepeatedTask?

    init(_ channel: any Channel, bytesPerSecond: Int) {
        self.channel = channel
        bytesPerRead = max(1, bytesPerSecond / Self.readsPerSecond)
    }

    func start() {
        guard let options = channel.syncOptions else { return }
        try? options.setOption(.autoRead, value: false)
        try? options.setOption(.maxMessagesPerRead, value: 1)
        try? options.setOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: bytesPerRead))
        try? options.setOption(.socketOption(.so_rcvbuf), value: Self.kernelBuffer)
        let pause = TimeAmount.milliseconds(Int64(1000 / Self.readsPerSecond))
        task = channel.eventLoop.scheduleRepeatedTask(initialDelay: pause, delay: pause) { [channel] _ in
            channel.read()
        }
    }

    /// Reads as before, with a large kernel buffer's absence as the only trace.
    func stop() {
        task?.cancel()
        task = nil
        guard let options = channel.syncOptions else { return }
        try? options.setOption(.recvAllocator, value: AdaptiveRecvByteBufferAllocator())
        try? options.setOption(.maxMessagesPerRead, value: 4)
        try? options.setOption(.autoRead, value: true)
    }
}
