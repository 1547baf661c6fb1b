import Runtime
import Testing

@Suite struct Identifiers {
    @Test func neverGoBackWithinOneGenerator() {
        var generator = UUIDv7Generator(random: FastRandom(seed: 1))
        var last: (high: UInt64, low: UInt64) = (0, 0)
        for step in 0..<20_000 {
            // The clock stands still, jumps ahead and is set back.
            let now = Int64(1_700_000_000_000_000) + Int64(step % 7 == 0 ? -5_000_000 : step)
            let next = generator.next(at: now)
            #expect(next.high > last.high)
            last = next
        }
    }

    @Test func carryVersionVariantAndTime() {
        var generator = UUIDv7Generator(random: FastRandom(seed: 2))
        let id = generator.next(at: 1_700_000_000_123_456)
        #expect(id.high >> 16 == 1_700_000_000_123)
        #expect(id.high >> 12 & 0xF == 7)
        #expect(id.low >> 62 == 0b10)
    }
}

@Suite struct Backoffs {
    @Test func stayWithinTheirBounds() {
        let backoff = Backoff(baseMicroseconds: 50_000, capMicroseconds: 5_000_000)
        var random = FastRandom(seed: 3)
        for attempt in [0, 1, 5, 30, 1_000_000] {
            let bound = attempt < 7 ? Int64(50_000) << Int64(attempt) : 5_000_000
            for _ in 0..<100 {
                let delay = backoff.delay(attempt: attempt, using: &random)
                #expect((0...min(bound, 5_000_000)).contains(delay))
            }
        }
    }

    @Test func aSeedRepeatsItself() {
        var a = FastRandom(seed: 9)
        var b = FastRandom(seed: 9)
        #expect((0..<100).map { _ in a.next() } == (0..<100).map { _ in b.next() })
    }
}
