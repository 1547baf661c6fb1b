import Glibc
import Synchronization

/// Wakes the writer thread when it sleeps, at the price of one load where it does not.
///
/// No wake-up is lost: the writer says that it sleeps and then looks for work once more; a lane publishes its bytes and
/// then looks whether the writer sleeps. All four accesses are sequentially consistent, so one of the two sees the
/// other. Where the system refuses a pipe, the writer still looks every `backstop_ms`.
final class WriterSignal: Sendable {
    /// How long the writer sleeps at most: the bound if a wake-up were ever missed.
    private static let backstop_ms: Int32 = 1_000

    private let sleeping = Atomic<Bool>(false)
    private let wakeUps = SignalPipe()
    private let stops = SignalPipe()
    private let stopping = Atomic<Bool>(false)

    /// Called by a lane after it has published bytes.
    func bytesArrived() {
        guard sleeping.load(ordering: .sequentiallyConsistent) else { return }
        if sleeping.exchange(false, ordering: .sequentiallyConsistent) { wakeUps.raise() }
    }

    /// True once `stop` was called.
    var isStopping: Bool { stopping.load(ordering: .acquiring) }

    /// Makes every present and later wait return at once.
    func stop() {
        stopping.store(true, ordering: .releasing)
        stops.raise()
    }

    /// Sleeps until bytes arrive or `stop` is called, unless there is work already.
    func sleep(unless hasWork: () -> Bool) {
        sleeping.store(true, ordering: .sequentiallyConsistent)
        if !hasWork() { SignalPipe.wait(for: [wakeUps, stops], atMost_ms: Self.backstop_ms) }
        sleeping.store(false, ordering: .sequentiallyConsistent)
        wakeUps.clear()
    }

    /// Waits for the whole time, or until `stop` is called. Returns true if stopped.
    @discardableResult
    func nap(_ milliseconds: Int) -> Bool {
        SignalPipe.wait(for: [stops], atMost_ms: Int32(clamping: milliseconds))
    }

    /// Waits for the whole time even while stopping.
    func pause(_ milliseconds: Int) {
        SignalPipe.wait(for: [], atMost_ms: Int32(clamping: milliseconds))
    }
}

/// A pipe used as a flag that `poll` can wait for.
final class SignalPipe: Sendable {
    private let readEnd: Int32
    private let writeEnd: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        for end in ends where end >= 0 {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        if readEnd >= 0 { close(readEnd) }
        if writeEnd >= 0 { close(writeEnd) }
    }

    /// Sets the flag. A full pipe is a flag that is set already.
    func raise() {
        var byte: UInt8 = 1
        _ = write(writeEnd, &byte, 1)
    }

    func clear() {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
            while read(readEnd, buffer.baseAddress, buffer.count) > 0 {}
        }
    }

    /// Waits until one flag is set; false if the time passed first.
    @discardableResult
    static func wait(for pipes: [SignalPipe], atMost_ms: Int32) -> Bool {
        var waits = pipes.map { pollfd(fd: $0.readEnd, events: Int16(POLLIN), revents: 0) }
        return poll(&waits, nfds_t(waits.count), atMost_ms) > 0
    }
}
