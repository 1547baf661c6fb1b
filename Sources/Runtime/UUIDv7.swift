/// Makes UUIDv7 values (RFC 9562, 5.7) that never go back within one generator, as two big-endian words.
///
/// 48 bits of milliseconds, then a 12-bit counter that starts at random in each millisecond and a 62-bit random tail. A
/// generator belongs to one event loop or thread; two generators differ by their 62 random bits.
package struct UUIDv7Generator {
    private var lastMilliseconds: UInt64 = 0
    private var counter: UInt64 = 0
    private var random: FastRandom

    /// - Parameter random: Where the random bits come from; a seeded one makes tests repeatable.
    package init(random: FastRandom = FastRandom()) {
        self.random = random
    }

    /// The next value for a moment given in microseconds since the Unix epoch.
    package mutating func next(at unixMicroseconds: Int64) -> (high: UInt64, low: UInt64) {
        let milliseconds = UInt64(max(0, unixMicroseconds) / 1_000)
        let tail = random.next()
        if milliseconds > lastMilliseconds {
            lastMilliseconds = milliseconds
            counter = random.next() & 0x7FF  // half of the range, so that a busy millisecond has room to count up
        } else {
            counter += 1
            if counter > 0xFFF {
                lastMilliseconds += 1
                counter = 0
            }
        }
        let high = lastMilliseconds << 16 | 0x7000 | counter
        return (high, tail >> 2 | 0x8000_0000_0000_0000)
    }
}
