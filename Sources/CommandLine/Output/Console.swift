#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Nobody reads the output any more, as with `signalbox requests | head`. Not a failure.
struct BrokenPipe: Error {}

/// A stream of the process that text goes to, unbuffered.
struct Console: Sendable {
    static let standardOutput = Console(descriptor: 1)
    static let standardError = Console(descriptor: 2)

    let descriptor: Int32

    /// True if a person sees it.
    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Columns of the terminal; 100 where that is not known.
    var width: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
        return Int(size.ws_col)
    }

    /// Writes all of `bytes`. Throws ``BrokenPipe`` where the other end is gone.
    func write(_ bytes: [UInt8]) throws(BrokenPipe) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { writeOnce(descriptor, $0) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // The terminal is shared with a program that made it non-blocking; a second is a slow terminal.
                var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&wait, 1, 1000)
            } else if errno != EINTR {
                throw BrokenPipe()
            }
        }
    }

    /// Writes `text` and a line break.
    func writeLine(_ text: String) throws(BrokenPipe) { try write(Array(text.utf8) + [UInt8(ascii: "\n")]) }
}

/// `write(2)`, by a name that the methods above don't hide.
private func writeOnce(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
